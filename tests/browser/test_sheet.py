"""The run on paper."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from backend.planning.day import plan_next_day
from tests.browser.conftest import DESKTOP, PHONE, SHARP, open_console, watched_page

MONDAY = date(2026, 11, 23)
A4_PT = (595, 842)
PDF_PAGE = re.compile(rb"/Type\s*/Page\b")
PDF_BOX = re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")


@pytest.fixture
def sheet_url(connection, long_day, city_settings, application_url):
    """The application, with a run of more than a page."""
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return application_url


def first_run(page: Page, url: str) -> dict[str, object]:
    run: dict[str, object] = page.request.get(f"{url}/api/v1/runs").json()[0]
    return run


def open_sheet(page: Page, url: str, language: str = "") -> None:
    asked = f"&language={language}" if language else ""
    page.goto(f"{url}/sheet?run={first_run(page, url)['run_id']}{asked}")
    page.wait_for_selector(".entries")


def test_the_sheet_has_every_stop_with_its_turns_and_room_to_write(
    open_context, sheet_url
):
    page, watch = watched_page(open_context())
    open_sheet(page, sheet_url)
    run = first_run(page, sheet_url)
    detail = page.request.get(f"{sheet_url}/api/v1/runs/{run['run_id']}").json()

    header = page.locator(".run-header")
    for fact in (run["vehicle"], run["depot"], "Monday, 23 November 2026", "km"):
        expect(header).to_contain_text(str(fact))
    entries = page.locator(".entry[data-stop]")
    # All of the list, and the way home.
    expect(entries).to_have_count(len(detail["stops"]) + 1)
    for stop, entry in zip(detail["stops"], entries.all(), strict=False):
        expect(entry).to_contain_text(stop["address"] or stop["name"])
        expect(entry.locator(".tick")).to_have_count(1)
        expect(entry.locator(".weight")).to_have_count(1)
        expect(entry.locator(".turns li").first).to_be_attached()
    pickup = page.locator(".entry.pickup").first
    expect(pickup).to_contain_text(re.compile(r"T-\d+"))
    expect(pickup).to_contain_text("% expected")
    expect(pickup).to_contain_text(re.compile("on the (left|right)"))
    expect(entries.last).to_contain_text("The depot is")
    expect(page.locator(".credits")).to_have_text("© OpenStreetMap contributors")
    assert watch.wrongs == []


@pytest.mark.parametrize(
    ("language", "title", "arrival"),
    [
        ("de", "Tourenblatt", "Das Depot liegt"),
        ("fr", "Feuille de tournée", "Le dépôt est"),
        ("es", "Hoja de ruta", "La base está"),
        ("fi", "Ajolista", "Varikko on"),
        ("sv", "Run sheet", "The depot is"),
    ],
)
def test_the_sheet_is_in_the_language_that_is_asked_for(
    open_context, sheet_url, language, title, arrival
):
    page = open_context().new_page()
    open_sheet(page, sheet_url, language)

    expect(page.locator(".kicker")).to_contain_text(title)
    expect(page.locator(".entry").last).to_contain_text(arrival)


def test_the_sheet_takes_the_browsers_language_and_can_be_had_in_another(
    open_context, sheet_url
):
    page = open_context(language="de-AT").new_page()
    open_sheet(page, sheet_url)
    expect(page.locator(".kicker")).to_contain_text("Tourenblatt")

    page.get_by_label("Language").select_option("fi")

    expect(page.locator(".kicker")).to_contain_text("Ajolista")


def test_on_paper_it_is_a4_and_nothing_of_the_page_around_it_is_printed(
    open_context, sheet_url, pictures
):
    page = open_context().new_page()
    open_sheet(page, sheet_url)

    page.emulate_media(media="print")
    expect(page.locator(".toolbar")).to_be_hidden()
    printed = page.pdf(prefer_css_page_size=True)
    (pictures / "sheet.pdf").write_bytes(printed)

    pages = PDF_PAGE.findall(printed)
    boxes = {
        tuple(round(float(side)) for side in box) for box in PDF_BOX.findall(printed)
    }
    assert 2 <= len(pages) <= 4
    assert boxes == {A4_PT}


def test_the_console_leads_to_the_sheet(open_context, sheet_url):
    page, watch = watched_page(open_context())
    open_console(page, sheet_url)
    page.locator(".run-head").first.click()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Print").click()

    expect(opened.value.locator(".run-header h1")).to_have_text("Truck")
    assert watch.wrongs == []


def test_a_run_that_is_not_there_is_said_in_words(open_context, sheet_url):
    page = open_context().new_page()

    page.goto(f"{sheet_url}/sheet?run=999999")
    expect(page.get_by_role("alert")).to_contain_text("no run 999999")

    page.goto(f"{sheet_url}/sheet")
    expect(page.get_by_role("alert")).to_contain_text("names no run")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_sheet_fits_the_screen(open_context, sheet_url, pictures, *, size):
    page = open_context(
        PHONE if size == "phone" else DESKTOP, "light", SHARP
    ).new_page()
    open_sheet(page, sheet_url)
    root = "document.documentElement"

    assert not page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    page.screenshot(path=pictures / f"sheet-{size}.png", full_page=True)
