"""A living demo, a real browser, and a watch over what its pages do."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.services.postgres import server_folder

READY_TIMEOUT_S = 240
DEMO_LIFE_S = 3600
# Debian's chromium without a GPU; WebGL by SwiftShader. Nothing may call home.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
Theme = Literal["light", "dark"]
# A shared machine may stand still for seconds; who passes waits no longer for it.
expect.set_options(timeout=20_000)
DESKTOP = (1440, 900)
PHONE = (390, 844)
SHARP = 2  # pixels of the picture to one of the page


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--demo-url", help="use a demo that runs already")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what needs the demo come first of all pages: its day goes on meanwhile."""
    pages = [each for each in items if "tests/browser/" in each.nodeid]
    if not pages:
        return
    first = items.index(pages[0])
    pages.sort(key=lambda each: "demo_url" not in getattr(each, "fixturenames", ()))
    items[first : first + len(pages)] = pages


@pytest.fixture(scope="session")
def demo_url(request) -> Iterator[str]:
    """The address of a demo whose first plan is drawn."""
    running = request.config.getoption("--demo-url", default=None)
    if running:
        yield running
        return
    with server_folder() as folder:
        yield from run_demo(folder / "data")


def run_demo(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "backend", "demo", "--port", "0"]
    # Slow enough that no run is over before the last test has looked at it.
    command += ["--data", str(folder), "--for", str(DEMO_LIFE_S), "--speed", "12"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        give_up = threading.Timer(READY_TIMEOUT_S, demo.kill)
        give_up.start()
        try:
            address = read_address(demo)
            give_up.cancel()
            yield address
        finally:
            give_up.cancel()
            demo.terminate()


def read_address(demo: subprocess.Popen[str]) -> str:
    said = []
    for line in demo.stdout or ():
        said.append(line)
        if line.startswith("ready "):
            # Its later words must be read too, or it would wait for a reader.
            threading.Thread(
                target=(demo.stdout or sys.stdin).read, daemon=True
            ).start()
            return line.split()[1]
    pytest.fail("the demo ended before it was ready:\n" + "".join(said))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing, and CI checks everything")
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Watch:
    """Everything that went wrong on a page, and every address it asked for."""

    requests: list[str] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._judge_failure)
        page.on("pageerror", lambda error: self.blame("error", str(error)))
        page.on("response", self._judge_reply)
        page.on("console", self._judge_message)

    def _judge_failure(self, request: Request) -> None:
        # The page itself gives up what nobody looks at any more.
        if request.failure != "net::ERR_ABORTED":
            self.blame("failed", request.url)

    def _judge_reply(self, reply: Response) -> None:
        if not reply.ok:
            self.blame(str(reply.status), reply.url)

    def _judge_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.blame("console", message.text)

    def blame(self, kind: str, what: str) -> None:
        self.wrongs.append(f"{kind}: {what}")

    def foreign_hosts(self, url: str) -> set[str]:
        asked = {urlsplit(each) for each in self.requests}
        hosts = {each.netloc for each in asked if each.scheme in {"http", "https"}}
        return hosts - {urlsplit(url).netloc}


OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def open_context(browser: Browser) -> Iterator[OpenContext]:
    """Open browsers of different people; all are closed in the end."""
    contexts = []

    def open_one(
        size: tuple[int, int] = DESKTOP,
        theme: Theme = "light",
        sharpness: int = 1,
        language: str = "en-GB",
    ) -> BrowserContext:
        is_phone = size == PHONE
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            locale=language,
            has_touch=is_phone,
            is_mobile=is_phone,
            device_scale_factor=sharpness,
            # Software GL draws a few frames a second: no time for flights.
            reduced_motion="reduce",
        )
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


def watched_page(context: BrowserContext) -> tuple[Page, Watch]:
    page, watch = context.new_page(), Watch()
    watch.follow(page)
    return page, watch


@pytest.fixture
def console(open_context: OpenContext, demo_url: str) -> Iterator[Page]:
    """The console of a dispatcher; nothing on it may go wrong."""
    page, watch = watched_page(open_context())
    open_console(page, demo_url)
    yield page
    assert watch.wrongs == []
    assert watch.foreign_hosts(demo_url) == set()


def open_console(page: Page, url: str) -> None:
    page.goto(url, wait_until="commit")
    page.wait_for_selector('.map[data-drawn="true"]', timeout=60_000)


@pytest.fixture
def phone(open_context: OpenContext, demo_url: str) -> Page:
    """A driver's phone, showing the stop at hand of the last vehicle's run."""
    page = open_context(PHONE).new_page()
    open_list(page, demo_url)
    return page


def open_list(page: Page, url: str) -> None:
    page.goto(f"{url.rstrip('/')}/drive", wait_until="commit")
    # The demo's crew drives the first ones; the last is left to whoever watches.
    page.locator(".choice-run").last.click()
    page.wait_for_selector(".next")


def find_vehicle_with_a_break(page: Page, url: str) -> str:
    """Return a vehicle that is out for so long that its driver has a break."""
    for run in page.request.get(f"{url}/api/v1/runs").json():
        detail = page.request.get(f"{url}/api/v1/runs/{run['run_id']}").json()
        if any(stop["kind"] == "break" for stop in detail["stops"]):
            return str(run["vehicle"])
    pytest.fail("no run of the demo has a break")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: ULLAGE_SCREENSHOTS, or nowhere that stays."""
    folder = Path(os.environ.get("ULLAGE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
