"""A tap on a list that was replaced meanwhile counts where the work is now."""

from datetime import timedelta

import pytest

from backend.store.bins import load_bins
from backend.store.founding import set_clock
from backend.store.runs import load_stop
from tests.planning.driving import (
    EIGHT,
    SIX,
    codes,
    ended,
    lists,
    pickups,
    plan_again,
    still_open,
    tap,
)

NINE = SIX + timedelta(hours=3)


@pytest.fixture
def old_lists(connection, at_eight, city_settings):
    """The lists at eight, which a plan replaced; the phones do not know it yet."""
    connection.execute(
        "UPDATE vehicle SET shift_end_local = '08:00' WHERE name = 'Truck'"
    )
    connection.execute(
        "UPDATE vehicle SET shift_end_local = '16:00' WHERE name <> 'Truck'"
    )
    plan_again(connection, city_settings)
    return at_eight


def kept(old_lists):
    """The stop that the first truck kept: it was heading to it."""
    return pickups(still_open(old_lists["Truck"]))[0]


def moved(old_lists):
    """A stop that the first truck had and the other has now."""
    return pickups(still_open(old_lists["Truck"]))[-1]


def find(stops, code):
    return next(each for each in stops if each.code == code)


def test_a_late_tap_counts_for_the_stop_that_took_its_place(connection, old_lists):
    tap(connection, kept(old_lists), at=NINE)

    stops = lists(connection)["Truck"]
    assert codes(stops).count(kept(old_lists).code) == 1
    assert find(stops, kept(old_lists).code).status == "done"


def test_a_bin_that_its_first_driver_emptied_is_not_driven_to_again(
    connection, old_lists
):
    set_clock(connection, shown_at=NINE, speed=1.0)
    tap(connection, moved(old_lists), at=NINE, fill_fraction=0.75)

    now = find(lists(connection)["Other truck"], moved(old_lists).code)
    assert (now.status, now.reason) == ("skipped", "emptied by Truck")
    his = find(lists(connection)["Truck"], moved(old_lists).code)
    assert his.status == "done"
    (shown,) = load_bins(connection, [moved(old_lists).slot_id])
    assert (shown.fill_fraction, shown.stop_status) == (0, "done")


def test_a_bin_that_its_first_driver_skipped_is_still_the_others_to_do(
    connection, old_lists
):
    tap(connection, moved(old_lists), at=NINE, reason="blocked by car")

    now = find(lists(connection)["Other truck"], moved(old_lists).code)
    assert now.status == "planned"
    assert find(lists(connection)["Truck"], now.code).status == "skipped"


def test_a_late_tap_can_be_taken_back(connection, old_lists):
    tap(connection, moved(old_lists), at=NINE)
    tap(connection, moved(old_lists), at=NINE, reason="tapped by mistake")

    now = find(lists(connection)["Other truck"], moved(old_lists).code)
    assert now.status == "planned"
    (shown,) = load_bins(connection, [moved(old_lists).slot_id])
    assert shown.emptied_at is None


def test_a_stop_done_before_the_new_plan_can_be_opened_again(connection, old_lists):
    done = pickups(ended(old_lists["Truck"]))[0]

    tap(connection, done, at=NINE, reason="tapped by mistake")

    again = find(lists(connection)["Truck"], done.code)
    assert (again.stop_id, again.status) == (done.stop_id, "planned")


def test_a_stop_is_shown_where_its_vehicles_day_goes_on(connection, old_lists):
    done = ended(old_lists["Truck"])[0]

    shown = load_stop(connection, done.stop_id)

    assert shown is not None
    assert shown.run_id == lists(connection)["Truck"][0].run_id != done.run_id
    assert shown.position == 1


def test_the_next_plan_knows_what_was_tapped_late(connection, old_lists, city_settings):
    tap(connection, moved(old_lists), at=EIGHT + timedelta(minutes=1))

    plan_again(connection, city_settings)

    code = moved(old_lists).code
    assert code not in codes(lists(connection)["Other truck"])
    assert find(lists(connection)["Truck"], code).status == "done"


def test_two_taps_of_two_drivers_on_one_bin_are_both_kept(connection, old_lists):
    now = find(lists(connection)["Other truck"], moved(old_lists).code)

    tap(connection, now, at=NINE)
    tap(connection, moved(old_lists), at=NINE)

    assert find(lists(connection)["Other truck"], now.code).status == "done"
    assert find(lists(connection)["Truck"], now.code).status == "done"
