"""What was read before something happened, and comes in after it, undoes nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import open_console
from tests.browser.driving import next_pickup, stop_in

RUNS = re.compile(r"/api/v1/runs/\d+$")
EVENTS = re.compile(r"/api/v1/events$")


class Held:
    """Requests of a page that are held back on their way."""

    def __init__(self, page: Page, kind: re.Pattern[str]) -> None:
        self._page = page
        self._waiting: list[Callable[[], None]] | None = []
        page.route(kind, self._hold)

    def _hold(self, route: Route) -> None:
        if self._waiting is None:
            route.continue_()
        else:
            self._waiting.append(self._send(route))

    def _send(self, route: Route) -> Callable[[], None]:
        return route.continue_

    def wait_for(self, count: int) -> None:
        while len(self._waiting or ()) < count:
            self._page.wait_for_timeout(20)

    def release(self) -> None:
        held, self._waiting = self._waiting or (), None
        for go_on in held:
            go_on()


class HeldAnswers(Held):
    """What the server has answered, and the page has not heard."""

    def _send(self, route: Route) -> Callable[[], None]:
        answer = route.fetch()
        return lambda: route.fulfill(response=answer)

    def release(self) -> None:
        super().release()
        # Time to draw what must not be drawn.
        self._page.wait_for_timeout(500)


def load_again(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('online'))")


def count_runs(page: Page, url: str) -> int:
    return len(page.request.get(f"{url}/api/v1/runs").json())


@pytest.fixture
def mark_one(phone) -> Callable[[], int]:
    """Let the driver empty the bin at hand; return its stop."""

    def mark() -> int:
        stop_id = next_pickup(phone)
        with phone.expect_response(re.compile("/pickups$")):
            phone.get_by_role("button", name="Done").click()
        return stop_id

    return mark


def test_a_stop_marked_while_the_day_is_loaded_again_stays_marked(
    console, demo_url, mark_one
):
    console.locator(".run-head").last.click()
    held = HeldAnswers(console, RUNS)
    load_again(console)
    held.wait_for(count_runs(console, demo_url))

    seen = stop_in(console, mark_one())
    expect(seen).to_have_attribute("data-status", "done")
    held.release()

    expect(seen).to_have_attribute("data-status", "done")


def test_a_stop_marked_while_a_page_opens_is_marked_on_it(
    open_context, demo_url, mark_one
):
    page = open_context().new_page()
    held = HeldAnswers(page, RUNS)
    page.goto(demo_url, wait_until="commit")
    held.wait_for(count_runs(page, demo_url))

    stop_id = mark_one()
    held.release()
    page.locator(".run-head").last.click()

    expect(stop_in(page, stop_id)).to_have_attribute("data-status", "done")


def test_a_stop_marked_before_the_events_begin_is_marked(
    open_context, demo_url, mark_one
):
    page = open_context().new_page()
    stream = Held(page, EVENTS)
    open_console(page, demo_url)
    page.locator(".run-head").last.click()

    stop_id = mark_one()
    stream.wait_for(1)
    stream.release()

    expect(stop_in(page, stop_id)).to_have_attribute("data-status", "done")


def test_a_drivers_tap_is_not_undone_by_a_list_that_was_read_before_it(
    phone, demo_url, mark_one
):
    held = HeldAnswers(phone, RUNS)
    load_again(phone)
    held.wait_for(count_runs(phone, demo_url))

    stop_id = mark_one()
    expect(phone.locator(f'.next[data-stop="{stop_id}"]')).to_have_count(0)
    held.release()

    expect(phone.locator(f'.next[data-stop="{stop_id}"]')).to_have_count(0)


def test_an_answer_that_breaks_off_is_asked_for_again(open_context, demo_url):
    page = open_context().new_page()
    broken: list[str] = []

    def break_off(route: Route) -> None:
        whole = route.fetch()
        broken.append(route.request.url)
        if len(broken) > 1:
            route.fulfill(response=whole)
        else:
            route.fulfill(response=whole, body=whole.body()[:100])

    page.route(re.compile(r"/api/v1/bins\.geojson$"), break_off)
    page.goto(demo_url, wait_until="commit")
    expect(page.get_by_role("alert")).to_contain_text("the answer broke off")

    page.wait_for_selector('.map[data-drawn="true"]', timeout=60_000)
    assert len(broken) > 1
