"""How both pages look, by day and by night, on a desk and in a hand."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, SHARP, open_console, open_list

SIZES = {"desktop": DESKTOP, "phone": PHONE}


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
    # What can be done at hand: at a break there is nowhere to navigate to.
    actions = [each.bounding_box() for each in page.locator(".action").all()]
    assert len(actions) >= 2
    for box in actions:
        assert box is not None
        assert box["height"] >= 56
    page.screenshot(path=pictures / f"drive-{theme}.png")
