"""Plans keep to the streets as they are: for their vehicles, on their day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.planning import ways
from backend.planning.day import plan_next_day
from backend.planning.inputs import PlanningError
from backend.store.founding import found_vehicles
from backend.store.overview import load_organisation
from backend.store.runs import load_runs, load_stops
from backend.store.streets import (
    NewClosure,
    RoadSpeed,
    add_closure,
    load_speeds,
    set_speed,
)
from backend.streets import find_road_map, learn_speeds
from tests.planning.driving import MONDAY, drive_until, runs
from tests.services.city import MORNING, TRUCK
from tests.services.readings import report_rise


@pytest.fixture
def full_city(connection, small_city):
    for slot_id in small_city.values():
        report_rise(
            connection, slot_id, until=MORNING, hours=12, from_fill=0.8, to_fill=0.95
        )
    return small_city


def ways_of(roads, name):
    """The OSM ways of a street."""
    number = roads.names.index(name)
    return sorted(set(roads.edges.way[roads.edges.name == number].tolist()))


def corners_of(roads, way):
    """The points of a way between its junctions, as runs draw them."""
    edges = roads.edges
    inner = [
        point
        for edge in (edges.way == way).nonzero()[0].tolist()
        for point in range(edges.first_point[edge] + 1, edges.first_point[edge + 1] - 1)
    ]
    lon_deg, lat_deg = edges.lon_deg[inner], edges.lat_deg[inner]
    return {
        (round(lon, 6), round(lat, 6))
        for lon, lat in zip(lon_deg.tolist(), lat_deg.tolist(), strict=True)
    }


@pytest.fixture
def roads(city_settings):
    return find_road_map(city_settings.cities, "helsinki")


def test_a_closed_street_is_driven_round_and_a_closure_that_ended_is_not(
    connection, full_city, city_settings, roads
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [before] = runs(connection)
    drawn = {tuple(point) for point in before.geometry}
    by_use = sorted(
        set(roads.edges.way.tolist()),
        key=lambda way: len(corners_of(roads, way) & drawn),
    )
    way = by_use[-1]
    over = NewClosure(
        way=way,
        reason="works",
        from_at=MORNING - timedelta(days=9),
        to_at=MORNING - timedelta(days=2),
    )
    add_closure(connection, 1, over)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [same] = runs(connection)
    assert same.geometry == before.geometry

    add_closure(connection, 1, NewClosure(way=way, reason="works"))
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [after] = runs(connection)
    assert not corners_of(roads, way) & {tuple(point) for point in after.geometry}


def test_a_narrow_lane_is_for_the_small_vehicle(
    connection, full_city, city_settings, roads
):
    found_vehicles(connection, 1, [replace(TRUCK, name="Van", cents_per_day=2000)])
    connection.execute(
        "UPDATE vehicle SET road_profile = 'van-3.5t' WHERE name = 'Van'"
    )
    for way in ways_of(roads, "Annankatu"):
        add_closure(connection, 1, NewClosure(way=way, weight_t=7.5, reason="weak"))
    plan_next_day(connection, city_settings, service_day=MONDAY)
    by_vehicle = {
        run.vehicle: {stop.code for stop in load_stops(connection, run.run_id)}
        for run in load_runs(connection, MONDAY)
    }
    assert "T-1" in by_vehicle["Van"]


def test_a_facility_that_the_fleet_cannot_reach_is_named(
    connection, full_city, city_settings
):
    connection.execute("UPDATE facility SET lat_deg = 60.3")
    with pytest.raises(PlanningError, match="Hall cannot be reached: the nearest"):
        plan_next_day(connection, city_settings, service_day=MONDAY)


def test_a_road_profile_that_nobody_knows_is_named(
    connection, full_city, city_settings
):
    connection.execute("UPDATE vehicle SET road_profile = 'hovercraft'")
    with pytest.raises(PlanningError, match="hovercraft not understood; known are"):
        plan_next_day(connection, city_settings, service_day=MONDAY)


def test_slow_traffic_makes_the_day_longer_and_not_farther(
    connection, full_city, city_settings
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [usual] = runs(connection)
    for road_class in ("residential", "secondary", "tertiary", "primary", "service"):
        for hour in range(24):
            speed = RoadSpeed(
                road_class=road_class, hour=hour, factor=0.5, driven_s=0.0, is_set=True
            )
            set_speed(connection, 1, speed)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [slow] = runs(connection)
    assert slow.drive_s > 1.4 * usual.drive_s
    assert slow.distance_m == pytest.approx(usual.distance_m, rel=0.25)


def test_large_days_are_planned_on_the_nearest_ways_only(
    connection, full_city, city_settings, monkeypatch
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [whole] = runs(connection)
    monkeypatch.setattr(ways, "MOST_IN_FULL", 1)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    [sparse] = runs(connection)
    assert (sparse.distance_m, sparse.drive_s) == (whole.distance_m, whole.drive_s)


def test_traffic_is_learned_from_taps_and_what_was_set_stays(
    connection, full_city, city_settings, roads
):
    plan_next_day(connection, city_settings, service_day=MONDAY)
    by_hand = RoadSpeed(
        road_class="residential", hour=3, factor=0.9, driven_s=0.0, is_set=True
    )
    set_speed(connection, 1, by_hand)
    drive_until(connection, MORNING + timedelta(hours=10))
    organisation = load_organisation(connection)
    assert organisation is not None

    learned = learn_speeds(connection, organisation, roads)

    kept = load_speeds(connection, 1)
    assert learned
    assert by_hand in kept
    assert len(kept) == len(learned) + 1
    assert all(1 / 3 <= each.factor <= 3 for each in learned)
    assert learn_speeds(connection, organisation, roads) == learned
