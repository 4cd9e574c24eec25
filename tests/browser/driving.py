"""What a driver does with the list, and where the office sees it."""

import re

from playwright.sync_api import Locator, Page, expect


def stop_at_hand(phone: Page) -> int:
    return int(phone.locator(".next").get_attribute("data-stop") or 0)


def stop_in(page: Page, stop_id: int) -> Locator:
    return page.locator(f'[data-stop="{stop_id}"][data-status]')


def next_pickup(phone: Page) -> int:
    """Pass tips and breaks, which have no fill to tell; return the pickup at hand."""
    passing = re.compile("Tipped|Break over")
    while "pickup" not in (phone.locator(".next").get_attribute("class") or ""):
        before = stop_at_hand(phone)
        phone.get_by_role("button", name=passing).click()
        expect(phone.locator(f'.next[data-stop="{before}"]')).to_have_count(0)
    return stop_at_hand(phone)
