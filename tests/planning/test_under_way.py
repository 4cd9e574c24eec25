"""A day that is under way is planned anew from where its vehicles are."""

from datetime import timedelta

import pytest

from backend.planning.which_day import choose_day
from backend.store.bins import load_bins
from backend.store.founding import set_clock
from backend.store.history import load_decision
from backend.store.overview import load_organisation, load_plan_summary
from tests.planning.driving import (
    EIGHT,
    MONDAY,
    SIX,
    codes,
    drive_until,
    ended,
    lists,
    pickups,
    plan_again,
    runs,
    still_open,
    tap,
)


def test_what_was_done_stays_at_the_head_of_the_list(
    connection, at_eight, city_settings
):
    plan_again(connection, city_settings)

    for vehicle, stops in lists(connection).items():
        done = [each.stop_id for each in ended(at_eight[vehicle])]
        assert len(done) >= 2
        assert [each.stop_id for each in stops[: len(done)]] == done
        assert {each.status for each in stops[: len(done)]} == {"done"}
        assert [each.position for each in stops] == list(range(1, len(stops) + 1))


def test_every_bin_is_still_emptied_once(
    connection, at_eight, city_settings, busy_city
):
    plan_again(connection, city_settings)

    listed = [code for stops in lists(connection).values() for code in codes(stops)]
    assert sorted(listed, key=str) == sorted(busy_city)


def test_the_stop_a_driver_is_heading_to_stays_his_next(
    connection, at_eight, city_settings
):
    plan_again(connection, city_settings)

    for vehicle, stops in lists(connection).items():
        heading_to = next(
            each for each in still_open(at_eight[vehicle]) if each.kind != "break"
        )
        first = next(each for each in still_open(stops) if each.kind != "break")
        assert (first.kind, first.code) == (heading_to.kind, heading_to.code)
        assert first.origin_stop_id == heading_to.stop_id


def test_nothing_that_is_still_to_do_lies_in_the_past(
    connection, at_eight, city_settings
):
    plan_again(connection, city_settings)

    for stops in lists(connection).values():
        assert all(each.arrive_at >= EIGHT for each in still_open(stops))


def test_who_is_on_the_way_to_a_stop_has_some_of_it_behind_him(
    connection, planned, city_settings
):
    """Half a minute before he is there, he is there in half a minute."""
    stop = next(each for each in pickups(planned["Truck"])[1:] if each.leg_drive_s > 40)
    drive_until(connection, stop.arrive_at - timedelta(seconds=30))

    plan_again(connection, city_settings)

    again = next(each for each in lists(connection)["Truck"] if each.code == stop.code)
    assert again.arrive_at - stop.arrive_at < timedelta(seconds=5)
    assert again.leg_drive_s == stop.leg_drive_s


def test_without_news_no_stop_changes_hands(connection, at_eight, city_settings):
    summary = plan_again(connection, city_settings)

    assert summary.changes is not None
    assert summary.changes.moved_count == 0
    assert "changed" in summary.news


def test_the_run_goes_on_from_its_depot_and_counts_the_whole_day(
    connection, at_eight, city_settings
):
    before = {each.vehicle: each for each in runs(connection)}

    plan_again(connection, city_settings)

    for run in runs(connection):
        earlier = before[run.vehicle]
        assert run.starts_at == earlier.starts_at
        assert run.geometry[0] == earlier.geometry[0]
        assert run.pickup_count == earlier.pickup_count
        assert run.done_count == earlier.done_count
        assert run.distance_m == pytest.approx(earlier.distance_m, rel=0.5)


def test_the_cost_of_the_day_is_counted_from_the_morning(
    connection, at_eight, city_settings
):
    before = load_plan_summary(connection)

    plan_again(connection, city_settings)

    after = load_plan_summary(connection)
    assert before is not None
    assert after is not None
    assert after.cost_cents == pytest.approx(before.cost_cents, rel=0.1)


def test_a_skipped_stop_is_not_planned_again(connection, planned, city_settings):
    first = planned["Truck"][0]
    tap(connection, first, reason="blocked by car")
    drive_until(connection, first.depart_at)

    plan_again(connection, city_settings)

    listed = [each for each in lists(connection)["Truck"] if each.code == first.code]
    assert [each.status for each in listed] == ["skipped"]
    assert first.code not in codes(lists(connection)["Other truck"])


def test_a_stop_that_was_tapped_by_mistake_is_still_to_do(
    connection, at_eight, city_settings
):
    first = at_eight["Truck"][0]
    tap(connection, first, at=EIGHT, reason="tapped by mistake")

    plan_again(connection, city_settings)

    (again,) = (
        each
        for stops in lists(connection).values()
        for each in pickups(still_open(stops))
        if each.code == first.code
    )
    assert again.origin_stop_id == first.stop_id


def test_the_reason_for_a_bin_that_was_emptied_stays(
    connection, at_eight, city_settings
):
    done = pickups(ended(at_eight["Truck"]))[0]

    plan_again(connection, city_settings)

    assert done.slot_id is not None
    decision = load_decision(connection, done.slot_id)
    assert decision is not None
    assert decision.outcome == "planned"


def test_no_stop_and_no_tap_of_the_morning_is_changed(
    connection, at_eight, city_settings
):
    tables = ("SELECT * FROM stop ORDER BY stop_id", "SELECT * FROM pickup")
    before = [connection.execute(each).fetchall() for each in tables]

    plan_again(connection, city_settings)

    after = [connection.execute(each).fetchall() for each in tables]
    assert after[0][: len(before[0])] == before[0]
    assert after[1] == before[1]


def test_today_is_planned_again_until_the_last_shift_is_over(
    connection, at_eight, city_settings
):
    organisation = load_organisation(connection)
    assert organisation is not None
    assert choose_day(connection, organisation) == MONDAY

    set_clock(connection, shown_at=SIX + timedelta(hours=5), speed=1.0)
    organisation = load_organisation(connection)
    assert organisation is not None
    assert choose_day(connection, organisation) == MONDAY + timedelta(days=1)


def test_a_finished_vehicle_keeps_its_list(connection, planned, city_settings):
    last = planned["Truck"][-1]
    for each in planned["Truck"]:
        tap(connection, each, at=last.depart_at)
    drive_until(connection, SIX + timedelta(hours=3, minutes=55))

    plan_again(connection, city_settings)

    assert [each.stop_id for each in lists(connection)["Truck"]] == [
        each.stop_id for each in planned["Truck"]
    ]


def test_the_map_knows_which_stop_a_bin_has(connection, at_eight, city_settings):
    plan_again(connection, city_settings)

    shown = {each.slot_id: each for each in load_bins(connection)}
    for stops in lists(connection).values():
        for each in pickups(stops):
            assert each.slot_id is not None
            found = shown[each.slot_id]
            assert (found.run_id, found.stop_id) == (each.run_id, each.stop_id)
            assert found.stop_status == each.status
