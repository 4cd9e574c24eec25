"""A dispatcher hears that a street is closed, shuts it on the map and plans again."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from backend.planning.day import plan_next_day
from tests.browser.conftest import DESKTOP, PHONE, SHARP, open_console, watched_page

MONDAY = date(2026, 11, 23)
ANNANKATU = {"lat_deg": 60.16722, "lon_deg": 24.93642}
BRIDGE = {"lat_deg": 60.16739, "lon_deg": 24.93821, "weight_t": 7.5}
OPEN_MAP = (900, 420)  # no panel is there
HEARD_MS = 15_000


@pytest.fixture
def planned_url(connection, long_day, city_settings, application_url):
    """The application of a city whose day is planned."""
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return application_url


@pytest.fixture
def open_page(open_context, planned_url):
    """Open the console; nothing on it may go wrong."""
    watches = []

    def opened(**how) -> Page:
        page, watch = watched_page(open_context(**how))
        watches.append(watch)
        open_console(page, planned_url)
        return page

    yield opened
    assert [each.wrongs for each in watches] == [[] for _ in watches]


def shut(page: Page, url: str, **fields) -> int:
    asked = page.request.post(f"{url}/api/v1/closures", data=ANNANKATU | fields)
    assert asked.ok, asked.text()
    number: int = asked.json()["closure_id"]
    return number


def panel(page: Page):
    return page.get_by_role("region", name="Closed streets")


def listed(page: Page, url: str):
    return page.request.get(f"{url}/api/v1/closures").json()


def test_a_street_is_shut_with_the_mouse_for_today(open_page, planned_url, pictures):
    page = open_page()
    page.get_by_role("button", name="Close a street").click()
    expect(panel(page)).to_contain_text("Which street?")

    page.mouse.move(*OPEN_MAP)
    expect(panel(page).get_by_role("status")).not_to_have_text(
        re.compile("Click the street|Reading"), timeout=HEARD_MS
    )
    street = panel(page).get_by_role("status").inner_text()
    page.screenshot(path=pictures / "closure-pointing.png")
    page.mouse.click(*OPEN_MAP)
    expect(panel(page)).to_contain_text(f"Close {street}?")
    panel(page).get_by_label("Reason").fill("Burst water main")
    page.screenshot(path=pictures / "closure-asking.png")
    panel(page).get_by_role("button", name="Close this stretch").click()

    expect(panel(page).get_by_role("status")).to_contain_text("Closed to all vehicles")
    expect(panel(page).get_by_role("status")).to_contain_text("to the end of today")
    expect(panel(page)).to_contain_text("Plan again for it to count", timeout=HEARD_MS)
    page.screenshot(path=pictures / "closure-done.png")
    (made,) = listed(page, planned_url)
    assert made["street"] == street
    assert made["reason"] == "Burst water main"
    # Helsinki is two hours ahead of UTC in winter.
    assert made["to_at"].startswith("2026-11-23T22:00:00")

    panel(page).get_by_role("button", name="Plan again").click()
    expect(panel(page)).to_have_count(0)
    expect(page.get_by_role("progressbar", name="Planning")).to_be_visible()


def test_a_right_click_asks_at_once_and_a_limit_shuts_to_large_vehicles(
    open_page, planned_url, pictures
):
    page = open_page()
    page.mouse.click(*OPEN_MAP, button="right")
    expect(panel(page)).to_contain_text("Close this stretch", timeout=HEARD_MS)

    panel(page).get_by_label("Large ones only").check()
    panel(page).get_by_role("button", name="Close this stretch").click()
    expect(panel(page).get_by_role("alert")).to_have_text("Give at least one limit.")
    panel(page).get_by_label("Weight").fill("7.5")
    panel(page).get_by_label("A day", exact=True).check()
    panel(page).get_by_label("Last day").fill("2026-11-30")
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "closure-limit.png")
    panel(page).get_by_role("button", name="Close this stretch").click()

    expect(panel(page)).to_contain_text("Open only up to 7.5 t")
    expect(panel(page)).to_contain_text("to the end of Mon 30 Nov")
    (made,) = listed(page, planned_url)
    assert made["weight_t"] == 7.5
    assert made["to_at"].startswith("2026-11-30T22:00:00")


def test_the_keyboard_finds_a_street_and_escape_leaves(open_page):
    page = open_page()
    page.get_by_role("button", name="Close a street").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".aim")).to_be_visible()
    expect(panel(page).get_by_role("status")).not_to_have_text(
        re.compile("Click the street|Reading"), timeout=HEARD_MS
    )

    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("Close this stretch", timeout=HEARD_MS)
    expect(panel(page).get_by_label("All vehicles")).to_be_focused()

    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Close a street")).to_be_focused()


def test_where_no_street_is_that_is_said(open_context, planned_url, pictures):
    page = open_context().new_page()
    open_console(page, planned_url)
    said = "60.0, 24.9 is no street of helsinki"
    page.route(
        "**/api/v1/streets/nearest*",
        lambda route: route.fulfill(status=404, json={"detail": said}),
    )
    page.get_by_role("button", name="Close a street").click()
    page.mouse.click(*OPEN_MAP)

    expect(panel(page).get_by_role("alert")).to_contain_text(said)
    page.screenshot(path=pictures / "closure-no-street.png")


def test_a_street_under_the_pointer_tells_and_a_click_opens_its_card(
    open_page, planned_url, pictures
):
    page = open_page()
    page.mouse.click(*OPEN_MAP, button="right")
    expect(panel(page)).to_contain_text("Close this stretch", timeout=HEARD_MS)
    panel(page).get_by_label("Reason").fill("parade")
    panel(page).get_by_role("button", name="Close this stretch").click()
    expect(panel(page).get_by_role("status")).to_contain_text("Closed to all vehicles")
    page.keyboard.press("Escape")
    (made,) = listed(page, planned_url)

    tip = page.locator(".bin-tip")
    for _ in range(20):
        page.mouse.move(OPEN_MAP[0] - 2, OPEN_MAP[1] - 1)
        page.mouse.move(*OPEN_MAP)
        page.wait_for_timeout(300)
        if tip.count():
            break
    expect(tip).to_contain_text(made["street"])
    expect(tip).to_contain_text("Closed to all vehicles")
    expect(tip).to_contain_text("parade")
    page.screenshot(path=pictures / "closure-tip.png")
    page.mouse.click(*OPEN_MAP)
    expect(panel(page).locator(".closure.chosen")).to_contain_text("Open again")


def test_a_bin_behind_a_closed_street_says_so_in_sentences(
    open_page, planned_url, connection, pictures
):
    connection.execute(
        """UPDATE decision SET outcome = 'unreachable', why = 'Annankatu, 11 m away, '
               'is closed: parade; the nearest that will do is 300 m away (limit 250 m)'
           WHERE slot_id = (SELECT slot_id FROM slot WHERE code = 'T-1')"""
    )
    page = open_page()
    shut(page, planned_url, reason="parade")
    page.locator("#tab-bins").click()
    page.get_by_label("Code or address").fill("T-1")
    page.get_by_label("Order").select_option("code")
    page.locator(".bin button").first.click()

    decision = page.get_by_role("region", name="Decision")
    expect(decision).to_contain_text("No vehicle can reach it")
    expect(decision).to_contain_text(
        "Annankatu, 11 m away, is closed: parade."
        " The nearest that will do is 300 m away (limit 250 m)."
    )
    decision.get_by_role("button", name="Show closed streets").click()
    expect(panel(page).get_by_role("listitem")).to_contain_text("parade")
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "closure-unreachable.png")


def test_a_closure_made_elsewhere_comes_by_itself_and_is_opened_again(
    open_page, planned_url, pictures
):
    page = open_page()
    shut(page, planned_url, reason="parade")
    shut(page, planned_url, **BRIDGE, reason="weak bridge")
    chip = page.get_by_role("button", name="2 streets closed or limited")
    expect(chip).to_be_visible(timeout=HEARD_MS)

    chip.click()
    entry = panel(page).get_by_role("listitem").filter(has_text="parade")
    expect(entry).to_contain_text("Annankatu")
    expect(entry).to_contain_text("until further notice")
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "closure-list.png")
    entry.get_by_role("button", name="Open again").click()
    expect(entry).to_contain_text("Yes, open it")
    assert len(listed(page, planned_url)) == 2
    entry.get_by_role("button", name="Yes, open it").click()

    expect(panel(page).get_by_role("listitem")).to_have_count(1, timeout=HEARD_MS)
    expect(page.get_by_role("button", name="1 street limited")).to_be_visible()
    assert len(listed(page, planned_url)) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_closed_street_is_drawn_and_says_what_it_is(
    open_page, planned_url, pictures, theme
):
    page = open_page(size=DESKTOP, theme=theme, sharpness=SHARP)
    shut(page, planned_url, reason="parade")
    shut(page, planned_url, **BRIDGE, reason="weak bridge")
    expect(page.locator(".closures-chip")).to_be_visible(timeout=HEARD_MS)
    page.wait_for_timeout(1500)

    page.screenshot(path=pictures / f"closures-{theme}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_finger_shuts_a_street_on_a_phone(open_page, planned_url, pictures, theme):
    page = open_page(size=PHONE, theme=theme, sharpness=SHARP)
    shut(page, planned_url, reason="parade")
    page.get_by_role("button", name="Close a street").tap()
    expect(panel(page)).to_contain_text("Which street?")
    page.screenshot(path=pictures / f"closure-phone-pointing-{theme}.png")

    page.touchscreen.tap(200, 300)
    expect(panel(page)).to_contain_text("Close this stretch", timeout=HEARD_MS)
    page.screenshot(path=pictures / f"closure-phone-asking-{theme}.png")
    for button in panel(page).locator(".shut-it, .choice label").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 36
    panel(page).get_by_role("button", name="Close this stretch").tap()

    expect(panel(page)).to_contain_text("Plan again for it to count", timeout=HEARD_MS)
    page.screenshot(path=pictures / f"closure-phone-done-{theme}.png")
    panel(page).get_by_role("button", name="Close the panel").tap()
    page.locator(".closures-chip").tap()
    expect(panel(page).get_by_role("listitem")).to_have_count(2)
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / f"closure-phone-list-{theme}.png")
