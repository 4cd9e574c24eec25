"""What a driver does, with and without signal, and what the office sees of it."""

import json
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from backend.planning.day import plan_next_day
from tests.browser.conftest import PHONE, open_list
from tests.browser.driving import next_pickup, stop_at_hand, stop_in

MONDAY = date(2026, 11, 23)


def find_stop(page: Page, url: str, stop_id: int) -> dict[str, Any]:
    for run in page.request.get(f"{url}/api/v1/runs").json():
        detail = page.request.get(f"{url}/api/v1/runs/{run['run_id']}").json()
        stops: dict[int, dict[str, Any]] = {
            stop["stop_id"]: stop for stop in detail["stops"]
        }
        if stop_id in stops:
            return stops[stop_id]
    raise AssertionError(f"stop {stop_id} is in no run")


def seen_fills(page: Page, url: str, slot_id: int) -> list[float]:
    history = page.request.get(f"{url}/api/v1/bins/{slot_id}/history").json()
    return [each["fill_fraction"] for each in history["observations"]]


def last_tap(sent: list[str | None]) -> str:
    return next(each for each in reversed(sent) if each is not None)


def test_the_office_sees_at_once_what_a_driver_marks(phone, console):
    console.locator(".run-head").last.click()
    stop_id = next_pickup(phone)

    phone.get_by_role("button", name="Done").click()

    seen = stop_in(console, stop_id)
    expect(seen).to_have_attribute("data-status", "done")


def test_a_skipped_stop_tells_the_office_why(phone, console):
    console.locator(".run-head").last.click()
    stop_id = next_pickup(phone)

    phone.get_by_role("button", name="Skip", exact=True).click()
    phone.get_by_role("button", name="blocked by car").click()

    seen = stop_in(console, stop_id)
    expect(seen).to_have_attribute("data-status", "skipped")
    expect(seen).to_contain_text("blocked by car")


def test_a_break_is_on_the_list_and_leads_nowhere(
    open_context, connection, busy_city, city_settings, application_url
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    phone = open_context(PHONE).new_page()
    open_list(phone, application_url)
    row = phone.locator(".row.break", has_text="Break")
    expect(row).to_contain_text("30 min")

    row.get_by_role("button").click()

    expect(phone.locator(".next h1")).to_have_text("Break")
    expect(phone.get_by_role("button", name="Navigate")).to_have_count(0)
    expect(phone.get_by_role("button", name="Break over")).to_be_visible()


def test_a_mistaken_tap_is_taken_back(phone, demo_url):
    stop_id = next_pickup(phone)

    phone.get_by_role("button", name="Done").click()
    expect(phone.locator(f'.next[data-stop="{stop_id}"]')).to_have_count(0)
    phone.get_by_role("button", name="Undo").click()

    expect(phone.locator(f'.next[data-stop="{stop_id}"]')).to_be_visible()
    expect(phone.get_by_text("waiting to send")).to_have_count(0)
    assert find_stop(phone, demo_url, stop_id)["status"] != "done"


def test_the_second_touch_of_a_glove_is_not_for_the_next_bin(phone):
    next_pickup(phone)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url))

    done = phone.locator(".action-row .primary")
    expect(done).to_be_enabled()
    # Both touches within a moment, however slow this machine is.
    done.evaluate("""async (button) => {
        button.click();
        await Promise.resolve();
        document.querySelector('.action-row .primary').click();
    }""")
    expect(done).to_be_enabled()

    assert len([each for each in sent if each.endswith("/pickups")]) == 1


def test_taps_without_signal_are_kept_and_stored_once(phone, demo_url):
    stop_id = next_pickup(phone)
    slot_id = find_stop(phone, demo_url, stop_id)["slot_id"]
    before = seen_fills(phone, demo_url, slot_id)
    sent: list[str | None] = []
    phone.on("requestfinished", lambda request: sent.append(request.post_data))

    phone.context.set_offline(True)
    phone.get_by_role("button", name="75 %").click()
    phone.get_by_role("button", name="Done").click()
    expect(phone.get_by_text("1 waiting to send")).to_be_visible()
    assert find_stop(phone, demo_url, stop_id)["status"] != "done"

    phone.context.set_offline(False)
    expect(phone.get_by_text("waiting to send")).to_have_count(0)
    assert find_stop(phone, demo_url, stop_id)["status"] == "done"
    again = phone.request.post(
        f"{demo_url}/api/v1/stops/{stop_id}/pickups", data=json.loads(last_tap(sent))
    )
    assert again.ok
    assert seen_fills(phone, demo_url, slot_id) == [*before, 0.75]


def test_the_list_is_there_after_a_reload_without_signal(phone):
    stop_id = stop_at_hand(phone)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("caches.match('/drive').then((page) => page !== undefined)")

    phone.context.set_offline(True)
    phone.reload()

    expect(phone.locator(f'.next[data-stop="{stop_id}"]')).to_be_visible()
    expect(phone.get_by_text("No signal. Carry on")).to_be_visible()


def test_a_tap_that_was_kept_outlives_a_reload(phone, demo_url):
    stop_id = next_pickup(phone)
    phone.wait_for_function("caches.match('/drive').then((page) => page !== undefined)")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Done").click()
    phone.reload()
    expect(phone.get_by_text("1 waiting to send")).to_be_visible()

    phone.context.set_offline(False)

    expect(phone.get_by_text("waiting to send")).to_have_count(0)
    assert find_stop(phone, demo_url, stop_id)["status"] == "done"
