"""A dispatcher hears of a fire, finds the bin, and sees to it."""

import pytest
from playwright.sync_api import expect

from backend.alarms.looking import look_at_slots
from tests.browser.conftest import DESKTOP, PHONE, open_console, watched_page
from tests.services.alarms import Said, hours, report
from tests.services.city import MORNING

HEARD_MS = 15_000


@pytest.fixture
def burn(connection, small_city):
    """Let a bin burn, and one fall over."""

    def happen():
        tilted = [Said(at=MORNING - hours(each), tilt_deg=80) for each in (3, 2)]
        report(connection, small_city["T-2"], tilted)
        hot = Said(at=MORNING - hours(1), temperature_c=70.0)
        report(connection, small_city["T-1"], [hot])
        look_at_slots(connection, list(small_city.values()))

    return happen


@pytest.mark.parametrize(
    ("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)
def test_an_alarm_is_heard_found_and_acknowledged_by_keyboard(
    open_context, application_url, burn, pictures, size, theme
):
    page, watch = watched_page(open_context(size, theme))
    open_console(page, application_url)
    alarms = page.get_by_role("region", name="Alarms")
    page.get_by_role("button", name="No alarms").focus()
    page.keyboard.press("Enter")
    expect(alarms).to_contain_text("Nothing burns")

    burn()
    expect(page.get_by_role("button", name="2 alarms")).to_be_visible(timeout=HEARD_MS)
    fire, tilt = alarms.get_by_role("listitem").all()
    expect(fire).to_contain_text("70 °C")
    expect(tilt).to_contain_text("80° from upright")
    page.screenshot(path=pictures / f"alarms-{theme}.png", animations="disabled")

    fire.get_by_role("button", name="Acknowledge").press("Enter")
    expect(fire).to_contain_text("Acknowledged by dispatcher")
    fire.get_by_role("button").press("Enter")
    card = page.get_by_role("complementary", name="Bin T-1")
    expect(card).to_contain_text("Fire")
    page.screenshot(path=pictures / f"alarms-bin-{theme}.png")
    if size == DESKTOP:
        page.keyboard.press("Escape")
        expect(alarms).to_be_hidden()
        expect(card).to_be_visible()
    assert watch.wrongs == []
