"""What a driver reads on the way, with and without signal."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from backend.planning.day import plan_next_day
from tests.browser.conftest import PHONE, SHARP, open_list, watched_page

MONDAY = date(2026, 11, 23)


@pytest.fixture
def told_url(connection, busy_city, city_settings, application_url):
    """The application, with a day whose every leg has directions."""
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return application_url


def directions_of(page: Page, url: str, language: str = "en") -> dict[str, object]:
    """What the API says of the last vehicle's run."""
    run_id = page.request.get(f"{url}/api/v1/runs").json()[-1]["run_id"]
    asked = f"{url}/api/v1/runs/{run_id}/directions?language={language}"
    told: dict[str, object] = page.request.get(asked).json()
    return told


def lines_to(page: Page, told) -> list[dict[str, str]]:
    stop_id = int(page.locator(".next").get_attribute("data-stop") or 0)
    (way,) = (each for each in told["stops"] if each["stop_id"] == stop_id)
    return list(way["lines"])


def test_the_first_turns_are_on_the_card_and_a_tap_shows_them_all(
    open_context, told_url
):
    phone, watch = watched_page(open_context(PHONE))
    open_list(phone, told_url)
    lines = lines_to(phone, directions_of(phone, told_url))
    card = phone.get_by_role("button", name="The way there")

    expect(card).to_contain_text(lines[0]["text"])
    expect(card).to_contain_text(lines[0]["along"])
    box = card.bounding_box()
    assert box is not None
    assert box["height"] >= 56
    card.click()

    listed = phone.get_by_role("dialog").locator(".way-lines li")
    expect(listed).to_have_count(len(lines))
    expect(listed.last).to_contain_text(lines[-1]["text"])
    phone.get_by_role("button", name="Close").click()
    expect(phone.get_by_role("dialog")).to_have_count(0)
    assert watch.wrongs == []


def test_the_turns_come_in_the_language_of_the_phone(open_context, told_url):
    phone = open_context(PHONE, language="fi-FI").new_page()
    open_list(phone, told_url)
    lines = lines_to(phone, directions_of(phone, told_url, "fi"))

    expect(phone.locator(".way-lines b").first).to_have_text(lines[0]["text"])
    expect(phone.locator(".way-lines").first).to_have_attribute("lang", "fi")


def test_the_turns_are_there_after_a_reload_without_signal(open_context, told_url):
    phone = open_context(PHONE).new_page()
    open_list(phone, told_url)
    first = phone.locator(".way-lines b").first.inner_text()
    phone.wait_for_function("caches.match('/drive').then((page) => page !== undefined)")

    phone.context.set_offline(True)
    phone.reload()

    expect(phone.locator(".way-lines b").first).to_have_text(first)


def test_a_break_has_no_way_and_the_stop_after_it_has_one(open_context, told_url):
    phone = open_context(PHONE).new_page()
    open_list(phone, told_url)

    phone.locator(".row.break button").click()
    expect(phone.locator(".next.break")).to_be_visible()
    expect(phone.locator(".way")).to_have_count(0)

    phone.locator(".row.tip button").last.click()
    expect(phone.locator(".next.tip .way")).to_be_visible()


def test_who_takes_the_list_in_another_order_is_told_where_the_way_begins(
    open_context, told_url
):
    phone = open_context(PHONE).new_page()
    open_list(phone, told_url)
    first = phone.locator(".next h1").inner_text()
    expect(phone.locator(".way-from")).to_have_count(0)

    phone.locator(".row.pickup button").first.click()

    expect(phone.locator(".way-from")).to_have_text(f"From {first}")


def test_the_way_home_is_told_when_all_is_done(open_context, told_url, pictures):
    phone = open_context(PHONE, "light", SHARP).new_page()
    open_list(phone, told_url)
    done = phone.locator(".action.primary")
    while done.count() > 0:
        before = phone.locator(".next").get_attribute("data-stop")
        done.click()
        expect(phone.locator(f'.next[data-stop="{before}"]')).to_have_count(0)

    expect(phone.locator(".over .way-lines li").first).to_be_visible()
    phone.locator(".over .way").click()
    expect(phone.get_by_role("dialog")).to_contain_text("The depot is")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_turns_fit_a_phone(open_context, told_url, pictures, *, theme):
    phone = open_context(PHONE, theme, SHARP).new_page()
    open_list(phone, told_url)
    root = "document.documentElement"

    assert not phone.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    phone.screenshot(path=pictures / f"drive-way-{theme}.png")
    phone.locator(".way").click()
    phone.screenshot(path=pictures / f"drive-way-all-{theme}.png")
