"""A city without a street map: whatever is guessed is seen to be guessed."""

from datetime import date

import pytest
from playwright.sync_api import expect

from backend.planning.day import plan_next_day
from tests.browser.conftest import DESKTOP, PHONE, SHARP, open_console, open_list

MONDAY = date(2026, 11, 23)


@pytest.fixture
def guessed_url(connection, busy_city, city_settings, application_url):
    """The application of a city without a street map."""
    connection.execute("UPDATE organisation SET city = NULL")
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return application_url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_console_marks_every_time_and_distance_that_is_guessed(
    open_context, guessed_url, pictures, theme
):
    page = open_context(DESKTOP, theme, SHARP).new_page()
    open_console(page, guessed_url)

    summary = page.get_by_role("region", name="The plan")
    expect(summary).to_contain_text("estimates without a street map")
    for number in ("Distance", "Driving", "Cost"):
        expect(summary.locator("dl > div", has_text=number)).to_contain_text("≈")
    page.locator(".run-head").first.click()
    run = page.locator(".run.open")
    expect(run.locator(".run-time")).to_contain_text("≈")
    expect(run.locator(".run-facts")).to_contain_text("≈")
    # The vehicle leaves when it is told to; all that follows depends on its speed.
    *others, start = [each.inner_text() for each in run.locator(".stop time").all()][
        ::-1
    ]
    assert "≈" not in start
    assert all("≈" in each for each in others)
    assert "≈" in (page.locator(".block").first.get_attribute("title") or "")
    page.screenshot(path=pictures / f"console-estimate-{theme}.png")


def test_the_driver_is_told_that_times_are_estimates(
    open_context, guessed_url, pictures
):
    phone = open_context(PHONE, "light", SHARP).new_page()
    open_list(phone, guessed_url)

    expect(phone.locator(".way")).to_have_count(0)
    expect(phone.locator(".way-note")).to_contain_text("no street map")
    expect(phone.locator(".next-leg b")).to_contain_text("≈")
    expect(phone.locator(".row time").first).to_contain_text("≈")
    expect(phone.locator(".head-progress")).to_contain_text("home ≈")
    phone.screenshot(path=pictures / "drive-estimate.png")


def test_the_paper_says_so_too(open_context, guessed_url):
    page = open_context().new_page()
    (run, *_) = page.request.get(f"{guessed_url}/api/v1/runs").json()
    page.goto(f"{guessed_url}/sheet?run={run['run_id']}")

    expect(page.locator(".estimate")).to_contain_text("estimates")
    expect(page.locator(".entry.pickup time").first).to_contain_text("≈")
    expect(page.locator(".run-header dl")).to_contain_text("≈")
    expect(page.locator(".turns")).to_have_count(0)
    # Of a break there is nothing to weigh.
    expect(page.locator(".entry.break .tick")).to_have_count(1)
    expect(page.locator(".entry.break .weight")).to_have_count(0)
