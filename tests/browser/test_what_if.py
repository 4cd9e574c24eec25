"""A dispatcher asks what would be if, and looks how good the forecasts were."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, open_console

ANSWERED_MS = 90_000
SHORTLY = {"what_if": {"days": 1, "seeds": 1}, "by": "test"}


def open_what_if(page: Page) -> None:
    page.get_by_role("button", name="What if", exact=True).click()
    expect(page.locator(".truck").first).to_be_visible()


def test_terms_are_put_together_asked_and_taken_back(console, pictures):
    open_what_if(console)
    truck = console.locator(".truck").last
    name = truck.locator("b").inner_text()
    truck.get_by_label("none").check(force=True)
    console.get_by_role("button", name="Place bins on the map").click()
    console.locator(".map canvas").click(position={"x": 720, "y": 420})
    expect(console.get_by_text("1 placed")).to_be_visible()
    console.get_by_role("button", name="Done", exact=True).click()

    console.get_by_role("button", name="Simulate").click()

    title = console.locator(".outcome h2")
    expect(title).to_have_text(f"Without {name}, 1 new bin")
    expect(console.get_by_role("progressbar", name="Simulation")).to_be_visible()
    console.screenshot(path=pictures / "what-if-asked.png")
    console.get_by_role("button", name="Cancel").click()
    expect(console.get_by_text("Cancelled before")).to_be_visible()


HEADER = "stream,volume_l,lat_deg,lon_deg,has_sensor"
BAD_FILE = f"{HEADER}\nglass,1100,60.17,24.94,yes\nglas,,99,24.94,no\n"
GOOD_FILE = f"{HEADER}\nglass,1100,60.17,24.94,yes\n\npackaging,660,60.17,24.95,\n"


def choose_file(page: Page, text: str) -> None:
    page.locator(".more-terms input[type=file]").set_input_files(
        {"name": "new.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )


def test_days_a_limit_and_bins_of_a_file_are_asked_and_a_bad_line_is_named(
    console, demo_url, pictures
):
    open_what_if(console)
    console.locator(".more-terms summary").press("Enter")
    more = console.locator(".more-terms")
    more.get_by_label("Sunday").press("Space")
    more.get_by_label("From …").check(force=True)
    more.get_by_role("spinbutton").fill("30")

    choose_file(console, BAD_FILE)
    wrong = more.get_by_role("alert")
    expect(wrong).to_contain_text("Line 3: stream “glas” has no bin yet")
    expect(wrong).to_contain_text("volume_l is missing; lat_deg 99 must be degrees")
    console.screenshot(path=pictures / "what-if-bad-file.png")
    choose_file(console, GOOD_FILE)
    expect(more.get_by_role("status")).to_contain_text("2 bins: 1 Glass, 1 Packaging")
    console.get_by_role("button", name="Simulate").click()

    title = "Must go from 30 %, 6 days a week, 2 new bins"
    expect(console.locator(".outcome h2")).to_have_text(title)
    newest = console.request.get(f"{demo_url}/api/v1/simulations?limit=1").json()[0]
    assert newest["what_if"]["weekdays"] == [0, 1, 2, 3, 4, 5]
    assert newest["what_if"]["must_go_probability"] == 0.3
    assert [each["has_sensor"] for each in newest["what_if"]["more_bins"]] == [
        True,
        False,
    ]
    console.get_by_role("button", name="Cancel", exact=True).click()
    expect(console.get_by_text("Cancelled before")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_answer_is_a_table_and_a_curve_to_choose_from(
    open_context, demo_url, pictures, theme
):
    page = open_context(DESKTOP if theme == "light" else PHONE, theme).new_page()
    open_console(page, demo_url)
    if theme == "light":
        page.request.post(f"{demo_url}/api/v1/simulations", data=SHORTLY)
    open_what_if(page)

    expect(page.locator(".differences tbody tr")).to_have_count(9, timeout=ANSWERED_MS)

    expect(page.locator(".point")).to_have_count(7)
    expect(page.locator(".today-name")).to_have_text("today")
    page.get_by_role("button", name=re.compile("^99.9 %")).click()
    expect(page.locator(".told")).to_contain_text("Service level 99.9 %")
    expect(page.get_by_role("button", name="Plan by this")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= (
        page.viewport_size or {}
    ).get("width", 0)
    page.screenshot(path=pictures / f"what-if-{theme}.png")


def test_what_was_said_of_a_bin_is_shown_beside_what_came(console, demo_url, pictures):
    bins = console.request.get(f"{demo_url}/api/v1/bins.geojson").json()["features"]
    sensed = next(each["id"] for each in bins if each["properties"]["device"])

    console.goto(f"{demo_url}#bin={sensed}")
    console.locator(".backtest summary").click()

    expect(console.locator('[data-part="backtest"] .came').first).to_be_attached()
    expect(console.locator(".backtest-verdict")).to_contain_text("of the bin, on aver")
    console.locator(".backtest").scroll_into_view_if_needed()
    console.screenshot(path=pictures / "backtest.png")
