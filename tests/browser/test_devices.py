"""Versions are offered and watched, settings asked for and answered, on a page."""

import json

import psycopg
import pytest
from playwright.sync_api import Page, expect

from gateway.storing.updates import end_update
from gateway.storing.wishes import write_reported
from gateway.wire.setting import decode_reported
from gateway.wire.update import Outcome
from tests.browser.conftest import DESKTOP, PHONE, SHARP, watched_page

ADD_DEVICES = """
INSERT INTO device (device, kind, report_every_s)
SELECT 'bin-' || number, 'ullage-esp32', 3600 FROM generate_series(1, 40) AS number"""
MOUNT = """
UPDATE device SET kind = 'ullage-esp32'
WHERE device_id IN (SELECT device_id FROM device_slot)"""
ADD_RELEASE = """
INSERT INTO firmware_release (version, board, first_revision, last_revision, battery_mv,
    key_id, manifest_bytes, image, loader, published_at)
VALUES (%s, 'esp32', 1, 1, 3500, '3f0a92c1', 10, %s, '', clock_now())"""
OFFERS = """
SELECT device, device_update_id FROM device_update JOIN device USING (device_id)
WHERE state = 'offered' ORDER BY device"""


@pytest.fixture
def fleet(connection, small_city):
    """A city whose devices are ours, forty more, and a version to be had."""
    assert small_city
    connection.execute(MOUNT)
    connection.execute(ADD_DEVICES)
    for each in range(1, 36):
        report(connection, f"bin-{each}", version=6 if each % 3 else 5)
    connection.execute(ADD_RELEASE, (6, bytes(30_000)))
    connection.execute(ADD_RELEASE, (7, bytes(31_000)))
    return connection


def report(
    conn: psycopg.Connection, device: str, *, version: int, revision: int = 0, **said
) -> None:
    whole = {"v": 1, "revision": revision, "firmware": version, "board": "esp32"}
    whole |= {"settings": {}, "refused": {}} | said
    assert write_reported(conn, device, decode_reported(json.dumps(whole).encode()))


def test_a_version_is_offered_to_a_share_and_watched(
    open_context, fleet, application_url, pictures
):
    page, watch = watched_page(open_context(DESKTOP, "light", SHARP))
    page.goto(f"{application_url}/devices")
    release = page.get_by_role("region", name="Version 7")
    release.get_by_role("button", name="Offer…").click()
    release.get_by_label("50 %").check(force=True)
    offer = release.get_by_role("button", name="Offer it to")
    expect(offer).to_be_enabled()
    page.screenshot(path=pictures / "devices-offer.png")
    offer.click()
    expect(release.get_by_role("status")).to_contain_text("Offered to")

    offers = fleet.execute(OFFERS).fetchall()
    (good, good_id), (bad, bad_id) = offers[:2]
    end_update(fleet, good, Outcome(good_id, "confirmed", ""))
    report(fleet, good, version=7)
    said = "battery 3412 mV, 3500 wanted"
    end_update(fleet, bad, Outcome(bad_id, "refused", said))

    # Who watches sees it come.
    expect(release).to_contain_text(f"Waiting{len(offers) - 2}", timeout=15_000)
    expect(release).to_contain_text("On it1")
    expect(release).to_contain_text(f"refused: {said}")
    release.get_by_role("button", name=bad).click()
    panel = page.get_by_role("complementary", name=f"Device {bad}")
    expect(panel).to_contain_text("Battery 3412 mV, 3500 wanted")
    page.screenshot(path=pictures / "devices-desktop-light.png", full_page=True)
    assert watch.wrongs == []


def test_settings_are_asked_for_checked_and_answered(
    open_context, fleet, application_url, pictures
):
    page, watch = watched_page(open_context(PHONE, "dark", SHARP))
    page.goto(f"{application_url}/devices?device=bin-4")
    form = page.get_by_role("form", name="Settings")
    every = form.get_by_label("Measure every")
    every.fill("5")
    expect(form).to_contain_text("10 to 86,400 s is possible.")
    expect(form.get_by_role("button", name="Mend what is marked")).to_be_disabled()
    every.fill("600")
    expect(form).to_contain_text("Measures every 10 min, reports every 40 min")
    form.get_by_label("Fire from").fill("55.5")
    form.get_by_label("Hit hard from").fill("1.2")
    form.get_by_role("button", name="Ask for 3 changes").click()
    expect(form).to_contain_text("waiting for its answer")

    report(
        fleet,
        "bin-4",
        version=5,
        revision=1,
        settings={"measure_every_s": 600, "hot_limit_dc": 555},
        refused={"knock_mg": "not known to this firmware"},
    )
    expect(form).to_contain_text("refused: not known to this firmware", timeout=15_000)
    expect(form).to_contain_text("goes by it")
    page.screenshot(path=pictures / "devices-phone-dark.png", full_page=True)
    asked = page.request.get(f"{application_url}/api/v1/devices/bin-4/settings").json()
    assert asked["desired"] == {
        "measure_every_s": 600,
        "hot_limit_dc": 555,
        "knock_mg": 1200,
    }
    assert watch.wrongs == []
    check_cut_off(page, pictures)


def check_cut_off(page: Page, pictures) -> None:
    """Without a connection what was known stays, and the page says so."""
    page.get_by_role("button", name="Close").click()
    row = page.get_by_role("button", name="bin-4 ").first
    expect(row).to_be_visible()
    page.screenshot(path=pictures / "devices-phone-list.png", full_page=True)
    page.route("**/api/v1/**", lambda route: route.abort())
    stale = page.get_by_text("No connection to the server").first
    expect(stale).to_be_visible(timeout=15_000)
    expect(row).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
