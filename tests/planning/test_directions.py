"""What planning keeps of the way: to every stop, and home."""

from dataclasses import fields

import pytest

from backend.planning.day import plan_next_day
from backend.store import directions
from backend.store.directions import load_way_home, load_ways
from backend.store.runs import load_stops
from routing import roads
from tests.planning.driving import EIGHT, MONDAY, drive_until, lists, plan_again, runs


def test_what_is_kept_of_a_manoeuvre_is_all_that_the_roads_say():
    kept, said = (fields(each) for each in (directions.Manoeuvre, roads.Manoeuvre))

    assert {each.name for each in kept} == {each.name for each in said}


def test_every_stop_with_a_place_has_the_way_that_leads_to_it(connection, planned):
    for run in runs(connection):
        stops = load_stops(connection, run.run_id)
        ways = load_ways(connection, run.run_id)

        assert [each.stop_id for each in ways] == [each.stop_id for each in stops]
        for way in ways:
            if way.kind == "break":
                assert way.manoeuvres == ()
            else:
                assert way.manoeuvres[0].kind == "depart"
                assert way.manoeuvres[-1].kind == "arrive"


def test_the_metres_between_manoeuvres_make_the_leg(connection, planned):
    (run, *_) = runs(connection)
    stops, ways = load_stops(connection, run.run_id), load_ways(connection, run.run_id)

    # A break takes its part of the leg that it interrupts.
    whole = [
        (stop, way)
        for before, stop, way in zip([None, *stops], stops, ways, strict=False)
        if stop.kind != "break" and (before is None or before.kind != "break")
    ]
    assert len(whole) >= 3
    for stop, way in whole:
        told_m = sum(each.distance_m for each in way.manoeuvres)
        assert told_m == pytest.approx(stop.leg_distance_m, abs=20)


def test_the_way_home_ends_at_the_depot(connection, planned):
    for run in runs(connection):
        *_, last = load_way_home(connection, run.run_id)

        assert last.kind == "arrive"
        assert last.lat_deg == pytest.approx(run.depot_lat_deg, abs=0.003)
        assert last.lon_deg == pytest.approx(run.depot_lon_deg, abs=0.003)


def test_a_day_planned_again_keeps_the_ways_of_what_was_done(
    connection, at_eight, city_settings
):
    plan_again(connection, city_settings)

    for run in runs(connection):
        ways = load_ways(connection, run.run_id)
        assert {each.kind for each in ways if not each.manoeuvres} <= {"break"}
        assert load_way_home(connection, run.run_id)
    assert any(
        each.status == "done" for stops in lists(connection).values() for each in stops
    )


def test_a_vehicle_that_is_home_keeps_its_way_home(connection, planned, city_settings):
    for stops in planned.values():
        drive_until(connection, max(EIGHT, stops[-1].depart_at))

    plan_next_day(connection, city_settings, service_day=MONDAY)

    assert all(load_way_home(connection, each.run_id) for each in runs(connection))


def test_where_no_street_was_looked_at_no_way_is_told(
    connection, busy_city, city_settings
):
    connection.execute("UPDATE organisation SET city = NULL")

    plan_next_day(connection, city_settings, service_day=MONDAY)

    (run, *_) = runs(connection)
    assert all(each.manoeuvres == () for each in load_ways(connection, run.run_id))
    assert load_way_home(connection, run.run_id) == ()
