"""A dispatcher plans a day again that drivers are driving; after all other tests."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, open_console, open_list

PLANNED_MS = 60_000


def done_stops(page: Page) -> list[str | None]:
    found = page.locator('.stop[data-status="done"]').all()
    return [each.get_attribute("data-stop") for each in found]


def test_planning_again_keeps_what_was_done_and_says_what_changed(
    open_context, demo_url, pictures
):
    page = open_context(DESKTOP, "light").new_page()
    open_console(page, demo_url)
    page.locator(".run-head").first.click()
    expect(page.locator('.stop[data-status="done"]').first).to_be_attached(
        timeout=PLANNED_MS
    )
    before = done_stops(page)

    page.get_by_role("button", name="Plan again").click()

    expect(page.get_by_role("progressbar", name="Planning")).to_be_visible()
    expect(page.locator(".news")).to_have_text(
        re.compile("stops? changed"), timeout=PLANNED_MS
    )
    expect(page.locator(".run.open")).to_have_count(1)
    assert done_stops(page)[: len(before)] == before
    page.screenshot(path=pictures / "console-planned-again.png")


def test_a_new_plan_comes_to_the_driver_by_itself(open_context, demo_url, pictures):
    phone = open_context(PHONE).new_page()
    open_list(phone, demo_url)
    vehicle = phone.locator(".head-vehicle").inner_text()
    stop = phone.locator(".next").get_attribute("data-stop")

    asked = phone.request.post(f"{demo_url}/api/v1/plans", data={})

    assert asked.ok
    expect(phone.locator(".next")).not_to_have_attribute(
        "data-stop", stop or "", timeout=PLANNED_MS
    )
    expect(phone.locator(".head-vehicle")).to_have_text(vehicle)
    phone.screenshot(path=pictures / "drive-planned-again.png")
