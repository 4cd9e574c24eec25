"""A sensor that is not believed: the card says so, the chart shows what it said."""

import pytest
from playwright.sync_api import expect

from backend.planning.day import plan_next_day
from backend.quality import judge_pending
from tests.browser.conftest import DESKTOP, SHARP, open_console
from tests.quality.receiving import receive, weeks
from tests.services.city import MORNING


@pytest.fixture
def doubted_url(connection, small_city, city_settings, application_url):
    """T-1 sees a rim every few hours; T-2 has hardly an echo of late."""
    distances = weeks()
    distances[40::5] = 620
    distances[42::7] = 615
    receive(connection, small_city["T-1"], distances)
    silent = [
        None if hour > 240 and hour % 9 else mm for hour, mm in enumerate(weeks())
    ]
    receive(connection, small_city["T-2"], silent)
    judge_pending(connection)
    plan_next_day(connection, city_settings, service_day=MORNING.date())
    return application_url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_card_says_why_and_the_chart_keeps_what_was_measured(
    open_context, doubted_url, pictures, theme
):
    page = open_context(DESKTOP, theme, SHARP).new_page()
    open_console(page, doubted_url)
    page.locator("#tab-bins").click()

    page.get_by_label("Code or address").fill("T-1")
    page.locator(".bin button").first.click()
    card = page.get_by_role("complementary", name="Bin T-1")
    expect(card).to_contain_text("a rim or a wall")
    expect(card.locator(".chart-key")).to_contain_text("not believed")
    assert card.locator('[data-part="doubted"] circle').count() > 20
    page.screenshot(path=pictures / f"console-doubted-{theme}.png")

    page.get_by_label("Code or address").fill("T-2")
    page.locator(".bin button").first.click()
    card = page.get_by_role("complementary", name="Bin T-2")
    expect(card).to_contain_text("Foreseen: its sensor is not trusted")
    expect(card).to_contain_text("come back without an echo")
    counted = card.get_by_role("list", name="What counted")
    expect(counted).to_contain_text("sensor not trusted: planned from its history")
    page.screenshot(path=pictures / f"console-not-trusted-{theme}.png")
