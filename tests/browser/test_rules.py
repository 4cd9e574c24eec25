"""A dispatcher sees, sets and takes back rules, service days and known events."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, open_console


def open_rules(page: Page) -> None:
    page.get_by_role("button", name="Rules", exact=True).click()


@pytest.fixture
def rules(console):
    """The console with its rules open; nothing was promised yet."""
    open_rules(console)
    expect(console.get_by_text("Nothing was promised")).to_be_visible()
    return console


def test_a_rule_is_set_taken_back_and_had_again(rules, pictures):
    form = rules.get_by_role("form", name="Another rule")
    form.get_by_label("Contract").check(force=True)
    form.get_by_role("combobox", name="For").select_option("One bin")
    form.get_by_role("combobox", name="Code on the bin").fill("HEL-001")
    form.get_by_label("On weekdays").check(force=True)
    form.get_by_label("Thursday").press("Space")
    form.get_by_role("button", name="Set the rule").click()

    promises = rules.get_by_role("region", name="Promises")
    expect(promises).to_contain_text("Bin HEL-001on Mon, Thu")
    expect(form).to_contain_text("Now on Mon, Thu")
    rules.screenshot(path=pictures / "rules.png")
    take_back = promises.get_by_role("button", name="Take back: Contract, Bin HEL-001")
    take_back.click()
    expect(rules.get_by_text("Nothing was promised")).to_be_visible()
    rules.get_by_role("button", name="Undo").click()
    take_back.click()
    expect(rules.get_by_text("Nothing was promised")).to_be_visible()


def test_days_that_differ_and_the_days_of_service_are_said(rules, demo_url):
    days = rules.get_by_role("region", name="Days that differ")
    days.get_by_label("More or less comes").check(force=True)
    days.get_by_label("Day", exact=True).fill("2031-06-20")
    days.get_by_label("Times the usual").fill("2.5")
    days.get_by_label("Reason").fill("Midsummer")
    days.get_by_role("button", name="Add the event").click()
    expect(days).to_contain_text("Fri 20 Jun 20312.5 times the usual: Midsummer")
    days.get_by_label("No service").check(force=True)
    days.get_by_label("Day", exact=True).fill("2031-12-25")
    days.get_by_label("Reason").fill("Christmas")
    days.get_by_role("button", name="Add the day off").click()
    expect(days).to_contain_text("Thu 25 Dec 2031no service: Christmas")

    drive_on = rules.get_by_role("group", name="Trucks drive on").last
    drive_on.get_by_label("Sunday").dispatch_event("click")
    expect(drive_on.get_by_label("Sunday")).not_to_be_checked()

    service = rules.request.get(f"{demo_url}/api/v1/service-days").json()
    assert service["weekdays"] == [1, 2, 3, 4, 5, 6]
    assert service["days_off"] == [{"day": "2031-12-25", "reason": "Christmas"}]
    drive_on.get_by_label("Sunday").dispatch_event("click")
    expect(drive_on.get_by_label("Sunday")).to_be_checked()
    for name in ("Thu 25 Dec 2031", "Fri 20 Jun 2031"):
        days.get_by_role("button", name=f"Take back {name}").click()
    expect(days).to_contain_text("No day is different")


def test_who_is_cut_off_is_told_and_may_try_again(open_context, demo_url, pictures):
    page = open_context(PHONE, "dark").new_page()
    open_console(page, demo_url)
    page.route("**/service-level", lambda route: route.abort())
    open_rules(page)
    trouble = page.locator(".rules").get_by_role("alert")
    expect(trouble).to_contain_text("No connection to the server")
    page.screenshot(path=pictures / "rules-cut-off.png")

    page.unroute("**/service-level")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("form", name="Another rule")).to_be_visible()
    expect(trouble).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Rules", exact=True)).to_be_focused()
