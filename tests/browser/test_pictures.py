"""How both pages look, by day and by night, on a desk and in a hand."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, open_console, open_list

SHARP = 2
SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: ULLAGE_SCREENSHOTS, or nowhere that stays."""
    folder = Path(os.environ.get("ULLAGE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def scrolls_sideways(page: Page) -> bool:
    root = "document.documentElement"
    return bool(page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_console_fits_the_screen(
    open_context, demo_url, pictures, *, size: str, theme: str
):
    page = open_context(SIZES[size], theme, SHARP).new_page()
    open_console(page, demo_url)

    assert not scrolls_sideways(page)
    page.screenshot(path=pictures / f"console-{size}-{theme}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_drivers_list_fits_the_screen(open_context, demo_url, pictures, *, theme):
    page = open_context(PHONE, theme, SHARP).new_page()
    open_list(page, demo_url)

    assert not scrolls_sideways(page)
    for name in ("Navigate", "Skip", "Done"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["height"] >= 56
    page.screenshot(path=pictures / f"drive-{theme}.png")


def test_the_picture_of_the_readme_shows_a_bin_and_a_run(
    open_context, demo_url, pictures
):
    page = open_context(DESKTOP, "light", SHARP).new_page()
    open_console(page, demo_url)
    page.locator(".run-head").first.click()
    page.locator(".stop.pickup.planned button").last.click()

    expect(page.locator(".chart")).to_be_visible()
    page.screenshot(path=pictures / "console.png", animations="disabled")
