"""What a dispatcher sees and does."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import (
    find_vehicle_with_a_break,
    open_console,
    watched_page,
)


def test_bins_and_runs_are_shown_and_no_request_fails(console, demo_url):
    run_count = len(console.request.get(f"{demo_url}/api/v1/runs").json())

    expect(console.locator(".run")).to_have_count(run_count)
    expect(console.locator(".lane")).to_have_count(run_count)
    expect(console.locator("#tab-bins span")).to_have_text("202")
    expect(console.get_by_text("© OpenStreetMap contributors")).to_be_visible()
    expect(console.locator(".live")).to_have_text("Live")


def test_a_chosen_bin_shows_its_history_and_its_forecast(console):
    console.locator("#tab-bins").click()
    console.get_by_label("Order").select_option("code")
    console.locator(".bin button").nth(4).click()

    chart = console.locator(".chart svg")
    drawn = re.compile(r"^M[\d.]+,")
    expect(chart.locator('[data-part="readings"]')).to_have_attribute("d", drawn)
    expect(chart.locator('[data-part="forecast"] .fan')).to_have_attribute("d", drawn)
    expect(console.get_by_role("region", name="Decision")).to_be_visible()

    console.get_by_text("A year of fills").click()
    year = console.get_by_role("img", name=re.compile(r"Fill in \d+ hours"))
    expect(year.locator(".readings")).to_have_attribute("d", drawn)


def test_bins_are_found_by_code_and_by_what_they_lack(console):
    console.locator("#tab-bins").click()

    console.get_by_role("button", name="No sensor", exact=True).click()
    expect(console.locator(".bin").first).to_contain_text("no sensor")
    console.get_by_role("button", name="No sensor", exact=True).click()
    console.get_by_label("Code or address").fill("HEL-017")

    expect(console.locator(".bin")).to_have_count(1)


def test_a_chosen_run_shows_its_stops_from_depot_to_depot(console):
    console.locator(".run-head").first.click()

    stops = console.locator(".stop")
    expect(stops.first).to_contain_text("Depot")
    expect(stops.last).to_contain_text("Depot")
    expect(console.locator(".stop.tip").first).to_contain_text("Tip")


def test_a_break_is_in_the_timeline_and_in_the_day_of_its_vehicle(console, demo_url):
    vehicle = find_vehicle_with_a_break(console, demo_url)
    console.locator(".run-head", has_text=vehicle).click()

    expect(console.locator(".stop.break")).to_contain_text("20 min")
    lane = console.locator(".lane", has_text=vehicle)
    expect(lane.locator(".block.break")).to_have_count(1)


def test_a_chosen_theme_outlives_the_page(open_context, demo_url):
    page, watch = watched_page(open_context())
    open_console(page, demo_url)

    page.get_by_role("button", name="Use the dark theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_function("document.title")
    assert watch.wrongs == []

    page.reload(wait_until="commit")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_keyboard_reaches_a_bin_and_leaves_it(console):
    console.locator("#tab-bins").focus()
    console.keyboard.press("Enter")
    console.locator(".bin button").first.focus()
    console.keyboard.press("Enter")
    expect(console.locator(".detail")).to_be_visible()

    console.keyboard.press("Escape")
    expect(console.locator(".detail")).to_have_count(0)
