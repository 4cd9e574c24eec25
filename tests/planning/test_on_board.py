"""What is on board counts when a day is planned anew, and everybody comes home."""

from datetime import timedelta

import pytest

from backend.store.founding import set_clock
from tests.planning.driving import (
    EIGHT,
    drive_until,
    ended,
    lists,
    pickups,
    plan_again,
    still_open,
    tap,
)

RESIDUAL_L = 660


def let_go_home(connection, vehicle):
    """Its shift is nearly over: what it is not heading to goes to others."""
    connection.execute(
        "UPDATE vehicle SET shift_end_local = '08:00' WHERE name = %s", (vehicle,)
    )
    connection.execute(
        "UPDATE vehicle SET shift_end_local = '16:00' WHERE name <> %s", (vehicle,)
    )


def test_the_load_on_board_is_carried_on(connection, at_eight, city_settings):
    plan_again(connection, city_settings)

    for vehicle, stops in lists(connection).items():
        aboard_l = sum(each.volume_l for each in ended(at_eight[vehicle]))
        first = next(each for each in still_open(stops) if each.kind == "pickup")
        assert first.load_l == pytest.approx(aboard_l + first.volume_l, abs=2)


def test_a_vehicle_that_is_full_tips_before_it_goes_on(
    connection, at_eight, city_settings
):
    connection.execute("UPDATE compartment SET capacity_l = 900")

    plan_again(connection, city_settings)

    open_ = [still_open(stops) for stops in lists(connection).values()]
    assert all(each.load_l <= 1800 for stops in open_ for each in stops)
    first_tips = [[each.kind for each in stops].index("tip") for stops in open_]
    assert any(
        tip < len(stops) - 1 for tip, stops in zip(first_tips, open_, strict=True)
    )


def test_a_stop_that_no_longer_fits_on_board_waits_for_a_tip(
    connection, at_eight, city_settings
):
    connection.execute("UPDATE compartment SET capacity_l = 800")

    plan_again(connection, city_settings)

    for stops in lists(connection).values():
        ahead = [each for each in still_open(stops) if each.kind != "break"]
        assert ahead[0].kind == "tip"


def test_what_can_be_tipped_nowhere_any_more_comes_home_on_board(
    connection, at_eight, city_settings
):
    connection.execute("UPDATE facility SET closes_local = '07:00'")

    plan_again(connection, city_settings)

    for stops in lists(connection).values():
        assert all(each.kind != "tip" for each in still_open(stops))
        assert stops[-1].load_l > 0


def test_what_the_driver_saw_counts_more_than_what_was_foreseen(
    connection, planned, city_settings
):
    first = planned["Truck"][0]
    tap(connection, first, fill_fraction=0.25)
    drive_until(connection, first.depart_at)

    plan_again(connection, city_settings)

    following = next(
        each for each in still_open(lists(connection)["Truck"]) if each.kind == "pickup"
    )
    aboard_l = following.load_l - following.volume_l
    assert aboard_l == pytest.approx(0.25 * RESIDUAL_L, abs=2)


def test_a_vehicle_whose_shift_ends_hands_its_stops_over(
    connection, at_eight, city_settings
):
    let_go_home(connection, "Truck")

    summary = plan_again(connection, city_settings)

    assert summary.changes is not None
    assert summary.changes.moved_count >= 1
    ahead = still_open(lists(connection)["Truck"])
    assert len(pickups(ahead)) == 1
    assert ahead[-1].kind == "tip"


def test_a_truck_that_is_late_comes_home_all_the_same(
    connection, planned, city_settings
):
    """At half past ten, after its shift, nobody has said anything since eight."""
    drive_until(connection, EIGHT)
    set_clock(connection, shown_at=EIGHT + timedelta(hours=2, minutes=30), speed=1.0)

    plan_again(connection, city_settings)

    for stops in lists(connection).values():
        ahead = [each for each in still_open(stops) if each.kind != "break"]
        assert [each.kind for each in ahead][-1] == "tip"
        assert len(pickups(ahead)) == 1
