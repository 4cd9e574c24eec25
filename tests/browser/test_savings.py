"""The savings page: a month beside the fixed rounds, and how it is reckoned."""

import pytest
from playwright.sync_api import Page, expect

from backend.savings.reckoning import reckon_month
from backend.store.overview import load_organisation
from backend.store.savings import Saving
from tests.browser.conftest import DESKTOP, PHONE, SHARP, watched_page
from tests.savings.driven import MONDAY, drive_monday, set_rounds


@pytest.fixture
def driven_url(connection, small_city, city_settings, application_url):
    drive_monday(connection, small_city, city_settings)
    set_rounds(connection, small_city)
    return application_url


@pytest.fixture
def reckon(connection, city_settings):
    def reckon_november() -> Saving:
        organisation = load_organisation(connection)
        assert organisation is not None
        month = MONDAY.replace(day=1)
        return reckon_month(connection, city_settings, organisation, month)

    return reckon_november


def test_a_month_is_asked_for_then_shown_with_how_it_was_reckoned(
    open_context, driven_url, reckon, pictures
):
    page, watch = watched_page(open_context(DESKTOP))
    page.goto(f"{driven_url}/savings")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The first month is November 2026"
    )
    page.screenshot(path=pictures / "savings-empty.png")
    page.get_by_role("button", name="Reckon the days so far").click()
    # No worker runs here.
    expect(page.get_by_role("status").last).to_contain_text("Reckoning November 2026")
    assert watch.wrongs == []

    saving = reckon()
    # Who waits sees it come.
    expect(page.get_by_role("heading", level=1)).to_have_text("November 2026")
    for size, theme in ((DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")):
        page, watch = watched_page(open_context(size, theme, SHARP))
        page.goto(f"{driven_url}/savings")
        look_at(page, saving)
        name = f"savings-{'phone' if size == PHONE else 'desktop'}-{theme}.png"
        page.screenshot(path=pictures / name, full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert watch.wrongs == []


def look_at(page: Page, saving: Saving) -> None:
    saved_km = saving.fixed.distance_km - saving.driven.distance_km
    tile = page.get_by_role("button", name="Distance")
    expect(tile).to_contain_text(f"{saved_km:.1f} km")
    expect(page.get_by_text("Mon 23 Nov only")).to_be_visible()
    page.get_by_role("button", name="Overflow").click()
    expect(page.get_by_text("None, on either side.")).to_be_visible()
    page.get_by_role("button", name="Cost").click()
    expect(page.get_by_role("heading", name="Cost, day by day")).to_be_visible()
    method = page.get_by_role("region", name="Method")
    expect(method).to_contain_text(saving.method)
    expect(method).to_contain_text("EN 16258")
    expect(method).to_contain_text(saving.inputs_sha256)
