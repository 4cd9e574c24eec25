"""The console's map on a style of others, and what it does when that does not come."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from backend.planning.day import plan_next_day
from tests.browser.conftest import PHONE, open_console

MONDAY = date(2026, 11, 23)
MAGENTA, GREEN = "#ff00ff", "#00ff00"
SHADE = 64  # a panel's shadow falls on the map
CREDITS = "© Some mapmakers"
OPEN_GROUND = (900, 120)  # no panel, no bin, no street lies there
FALLBACK = "The online map could not be loaded"

# Bins and stops are names of ours too: both must be drawn all the same.
NOTHING = {"type": "FeatureCollection", "features": []}
STYLE = {
    "version": 8,
    "sources": {"stops": {"type": "geojson", "data": NOTHING, "attribution": CREDITS}},
    "layers": [
        {"id": "ground", "type": "background", "paint": {"background-color": MAGENTA}},
        {"id": "bins", "type": "circle", "source": "stops"},
    ],
}
DARK = STYLE | {
    "layers": [
        {"id": "ground", "type": "background", "paint": {"background-color": GREEN}}
    ]
}
# The style is there, but not the tiles that it is drawn of.
HOLLOW = STYLE | {
    "sources": {"land": {"type": "vector", "url": "tiles.json"}},
    "layers": [
        {"id": "land", "type": "line", "source": "land", "source-layer": "roads"}
    ],
}


STYLES = {"/light.json": STYLE, "/dark.json": DARK, "/hollow.json": HOLLOW}


class MapServer(BaseHTTPRequestHandler):
    """Serve a few styles to pages of any origin; everything else is missing."""

    def do_GET(self) -> None:
        style = STYLES.get(self.path)
        body = b"<html>" if style is None else self._write(style)
        self.send_response(404 if style is None else 200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def _write(self, style) -> bytes:
        tiles = f"http://{self.headers['Host']}/tiles"
        return json.dumps(style).replace("tiles.json", tiles).encode()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def map_server() -> Iterator[str]:
    """The address of a server of map styles."""
    with ThreadingHTTPServer(("127.0.0.1", 0), MapServer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def styled(
    request, connection, long_day, city_settings, monkeypatch, map_server
) -> Callable[..., str]:
    """Start the application with the styles of a map server, by their names."""
    plan_next_day(connection, city_settings, service_day=MONDAY)

    def start(light: str, dark: str | None = None) -> str:
        monkeypatch.setenv("ULLAGE_MAP_STYLE_URL", f"{map_server}/{light}")
        if dark:
            monkeypatch.setenv("ULLAGE_MAP_STYLE_URL_DARK", f"{map_server}/{dark}")
        url: str = request.getfixturevalue("application_url")
        return url

    return start


READ_PIXEL = """async ({picture, x, y}) => {
    const bytes = await (await fetch(`data:image/png;base64,${picture}`)).blob();
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.drawImage(await createImageBitmap(bytes), -x, -y);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return '#' + [r, g, b].map((each) => each.toString(16).padStart(2, '0')).join('');
}"""


def colour_at(page: Page, at: tuple[int, int]) -> str:
    """Read what is drawn, by a picture: a canvas does not tell by itself."""
    picture = base64.b64encode(page.screenshot()).decode()
    asked = {"picture": picture, "x": at[0], "y": at[1]}
    return str(page.evaluate(READ_PIXEL, asked))


def is_near(seen: str, colour: str) -> bool:
    pairs = zip(bytes.fromhex(seen[1:]), bytes.fromhex(colour[1:]), strict=True)
    return all(abs(one - other) <= SHADE for one, other in pairs)


def wait_for_colour(page: Page, colour: str) -> None:
    for _ in range(40):
        if is_near(colour_at(page, OPEN_GROUND), colour):
            return
        page.wait_for_timeout(250)
    pytest.fail(f"{OPEN_GROUND} is {colour_at(page, OPEN_GROUND)}, not {colour}")


def test_an_online_style_is_drawn_below_with_its_credits(
    open_context, styled, pictures
):
    url = styled("light.json")
    page = open_context().new_page()
    open_console(page, url)

    wait_for_colour(page, MAGENTA)
    credits = page.locator(".maplibregl-ctrl-attrib")
    expect(credits).to_contain_text(CREDITS)
    expect(credits).to_contain_text("© OpenStreetMap contributors")
    expect(page.locator(".map-note")).to_have_count(0)
    page.screenshot(path=pictures / "console-online.png")


def test_bins_and_runs_are_drawn_on_top_of_it(open_context, styled):
    page = open_context().new_page()
    open_console(page, styled("light.json"))
    wait_for_colour(page, MAGENTA)

    page.locator("#tab-bins").click()
    page.locator(".bin button").first.click()
    expect(page.locator(".detail")).to_be_visible()
    page.keyboard.press("Escape")
    canvas = page.locator(".map canvas").bounding_box()
    assert canvas is not None
    # Somewhere along the middle of what is in sight there is more than ground.
    seen = {colour_at(page, (x, 430)) for x in range(500, 1300, 40)}
    assert len(seen) > 1


def test_the_dark_theme_has_a_style_of_its_own(open_context, styled):
    page = open_context().new_page()
    open_console(page, styled("light.json", "dark.json"))
    wait_for_colour(page, MAGENTA)

    page.get_by_role("button", name="Use the dark theme").click()
    wait_for_colour(page, GREEN)

    page.get_by_role("button", name="Use the light theme").click()
    wait_for_colour(page, MAGENTA)


def test_without_a_dark_style_the_light_one_stays(open_context, styled):
    page = open_context(theme="dark").new_page()
    open_console(page, styled("light.json"))

    wait_for_colour(page, MAGENTA)


@pytest.mark.parametrize("style", ["missing.json", "hollow.json"])
def test_where_the_style_does_not_come_the_offline_streets_are_drawn_and_it_is_said(
    open_context, styled, pictures, style
):
    page = open_context().new_page()
    open_console(page, styled(style))

    expect(page.locator(".map-note")).to_contain_text(FALLBACK)
    expect(page.locator(".map-note")).to_contain_text("offline streets")
    expect(page.locator(".attribution")).to_have_text("© OpenStreetMap contributors")
    expect(page.locator(".maplibregl-ctrl-attrib")).to_have_count(0)
    page.screenshot(path=pictures / f"console-fallback-{style}.png")


def test_a_style_that_does_not_come_in_a_city_without_streets_leaves_the_bins(
    open_context, styled, connection
):
    connection.execute("UPDATE organisation SET city = NULL")
    page = open_context().new_page()
    open_console(page, styled("missing.json"))

    expect(page.locator(".map-note")).to_have_text(FALLBACK)


def test_on_a_phone_the_credits_are_in_sight(open_context, styled, pictures):
    page = open_context(PHONE).new_page()
    open_console(page, styled("light.json"))

    expect(page.locator(".maplibregl-ctrl-attrib")).to_be_in_viewport()
    page.screenshot(path=pictures / "console-online-phone.png")


def test_a_region_larger_than_any_city_is_shown_whole(
    open_context, connection, small_city, application_url
):
    connection.execute("UPDATE organisation SET city = NULL")
    connection.execute("UPDATE facility SET lat_deg = 61.5")
    page = open_context().new_page()
    open_console(page, application_url)

    # The lists and the strip of the day cover the rest.
    for name in ("Depot", "Hall"):
        box = page.locator(".place", has_text=name).bounding_box()
        assert box is not None
        assert 390 < box["x"] < 1430
        assert 50 < box["y"] < 760
