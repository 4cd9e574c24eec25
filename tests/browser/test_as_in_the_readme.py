"""The picture that the README shows; first, while the day is young."""

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, SHARP, open_console

ENOUGH_DONE = 3


def test_the_picture_of_the_readme_shows_a_bin_and_a_run(
    open_context, demo_url, pictures
):
    page = open_context(DESKTOP, "light", SHARP).new_page()
    open_console(page, demo_url)
    expect(page.locator(".block.done").nth(ENOUGH_DONE)).to_be_attached(timeout=120_000)
    page.locator(".run-head").first.click()
    page.locator(".stop.pickup button").last.click()

    expect(page.locator("figure.chart")).to_be_visible()
    page.screenshot(path=pictures / "console.png", animations="disabled")
