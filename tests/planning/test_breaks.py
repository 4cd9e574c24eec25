"""Breaks are planned, shown to the driver, and not planned twice."""

from datetime import timedelta
from itertools import pairwise

from backend.planning.day import plan_next_day
from tests.planning.driving import (
    MONDAY,
    SIX,
    drive_until,
    ended,
    lists,
    runs,
    still_open,
    tap,
)

HALF_AN_HOUR = timedelta(minutes=30)


def breaks(stops):
    return [each for each in stops if each.kind == "break"]


def test_a_break_is_an_entry_of_the_drivers_list(planned):
    for stops in planned.values():
        (rest,) = breaks(stops)
        assert rest.name == "Break"
        assert rest.lat_deg is None
        assert rest.depart_at - rest.arrive_at == HALF_AN_HOUR
        assert SIX + timedelta(hours=1) <= rest.arrive_at
        assert rest.arrive_at <= SIX + timedelta(hours=2, minutes=30)


def test_nobody_works_during_his_break(planned):
    for stops in planned.values():
        for before, after in pairwise(stops):
            assert before.depart_at <= after.arrive_at


def test_a_break_on_the_way_parts_the_drive_in_two(connection, planned):
    for run in runs(connection):
        stops = planned[run.vehicle]
        (rest,) = breaks(stops)
        after = stops[rest.position]
        assert rest.leg_distance_m == 0
        way_s = rest.leg_drive_s + after.leg_drive_s
        gone = after.arrive_at - stops[rest.position - 2].depart_at
        assert gone >= HALF_AN_HOUR + timedelta(seconds=way_s)


def test_a_break_that_was_had_is_not_planned_again(connection, planned, city_settings):
    drive_until(connection, SIX + timedelta(hours=2, minutes=45))
    assert all(len(breaks(ended(stops))) == 1 for stops in lists(connection).values())

    plan_next_day(connection, city_settings, service_day=MONDAY)

    for stops in lists(connection).values():
        assert len(breaks(stops)) == 1
        assert breaks(still_open(stops)) == []


def test_a_break_that_is_still_to_come_is_planned_again(
    connection, planned, city_settings
):
    drive_until(connection, SIX + timedelta(minutes=50))

    plan_next_day(connection, city_settings, service_day=MONDAY)

    for vehicle, stops in lists(connection).items():
        (rest,) = breaks(still_open(stops))
        (before,) = breaks(planned[vehicle])
        assert rest.origin_stop_id == before.stop_id


def test_who_is_having_his_break_has_it_to_the_end(connection, planned, city_settings):
    (rest,) = breaks(planned["Truck"])
    drive_until(connection, rest.arrive_at + timedelta(minutes=10))

    plan_next_day(connection, city_settings, service_day=MONDAY)

    first, *others = still_open(lists(connection)["Truck"])
    assert (first.kind, first.depart_at) == ("break", rest.depart_at)
    assert all(each.arrive_at >= rest.depart_at for each in others)
    assert breaks(others) == []


def test_a_break_that_was_skipped_is_planned_again_while_there_is_time(
    connection, planned, city_settings
):
    (rest,) = breaks(planned["Truck"])
    drive_until(connection, rest.arrive_at - timedelta(seconds=1))
    tap(connection, rest, at=rest.arrive_at, reason="no time")

    plan_next_day(connection, city_settings, service_day=MONDAY)

    (again,) = breaks(still_open(lists(connection)["Truck"]))
    assert again.arrive_at >= rest.arrive_at


def test_a_vehicle_without_a_break_has_none(connection, busy_city, city_settings):
    connection.execute(
        """UPDATE vehicle SET break_s = 0, break_earliest_local = NULL,
               break_latest_local = NULL"""
    )

    plan_next_day(connection, city_settings, service_day=MONDAY)

    assert all(breaks(stops) == [] for stops in lists(connection).values())
