"""What a problem refuses, in words that name field and index."""

import numpy as np
import pytest

from routing.solver.problem.stops import Stops
from tests.routing.solver.stated import restated, stated
from tests.routing.solver.towns import Bin, Tip, Town, Truck

TOWN = Town(
    streams=("glass", "paper"),
    bins=[Bin(at_km=1), Bin(at_km=2), Bin(at_km=3)],
    trucks=[Truck(capacity_l=(1000, 500)), Truck(capacity_l=(1000, 500))],
    tips=[Tip(accepts=(True, True))],
    skills=("crane",),
)
PROBLEM = TOWN.problem()


def with_number(part: str, name: str, index, number):
    """State the problem's table anew with one number changed."""
    table = getattr(PROBLEM, part)
    column = np.array(getattr(table, name), dtype=float)
    column[index] = number
    return restated(table, **{name: column})


@pytest.mark.parametrize(
    ("part", "name", "index", "number", "message"),
    [
        ("stops", "demand_l", 1, -5, r"stops.demand_l\[1\] = -5.0 .* less than 0"),
        ("stops", "stream", 2, -1, r"stops.stream\[2\] = -1.0 .* less than 0"),
        ("stops", "mass_kg", 0, np.nan, r"stops.mass_kg\[0\] = nan .* finite"),
        ("stops", "containers", 0, -1, r"stops.containers\[0\]"),
        ("stops", "containers", 0, 1.5, r"stops.containers\[0\] = 1.5 .* whole"),
        ("stops", "service_s", 1, 0.5, r"stops.service_s\[1\] = 0.5 .* whole"),
        ("stops", "service_per_container_s", 1, -1, r"stops.service_per_container_s"),
        ("stops", "release_s", 2, -60, r"stops.release_s\[2\] = -60.0"),
        ("stops", "prize_cents", 0, -1, r"stops.prize_cents\[0\]"),
        ("stops", "latest_s", (1, 0), -1, r"stops.latest_s\[1, 0\]"),
        ("stops", "latest_s", (1, 0), 2**40, r"stops.latest_s\[1, 0\] .* more than"),
        ("stops", "is_mandatory", 1, 2, r"stops.is_mandatory\[1\] = 2.0"),
        ("stops", "needs", (1, 0), 0.5, r"stops.needs\[1, 0\]"),
        ("stops", "alternative", 0, -2, r"stops.alternative\[0\] = -2.0"),
        ("stops", "pinned_vehicle", 0, -2, r"stops.pinned_vehicle\[0\]"),
        ("stops", "planned_vehicle", 0, -2, r"stops.planned_vehicle\[0\]"),
        ("stops", "move_cents", 0, -1, r"stops.move_cents\[0\]"),
        ("stops", "zone", 0, -2, r"stops.zone\[0\]"),
        (
            "vehicles",
            "capacity_l",
            (1, 0),
            np.inf,
            r"vehicles.capacity_l\[1, 0\] = inf",
        ),
        ("vehicles", "capacity_kg", 1, -1, r"vehicles.capacity_kg\[1\]"),
        (
            "vehicles",
            "capacity_containers",
            1,
            -1,
            r"vehicles.capacity_containers\[1\]",
        ),
        ("vehicles", "day_l", 0, -1, r"vehicles.day_l\[0\]"),
        ("vehicles", "day_kg", 0, np.nan, r"vehicles.day_kg\[0\]"),
        ("vehicles", "day_containers", 0, 0.5, r"vehicles.day_containers\[0\]"),
        ("vehicles", "max_stops", 0, -1, r"vehicles.max_stops\[0\]"),
        ("vehicles", "shift_start_s", 0, -1, r"vehicles.shift_start_s\[0\]"),
        ("vehicles", "overtime_s", 0, -1, r"vehicles.overtime_s\[0\]"),
        ("vehicles", "max_duration_s", 0, -1, r"vehicles.max_duration_s\[0\]"),
        ("vehicles", "max_distance_m", 0, -1, r"vehicles.max_distance_m\[0\]"),
        ("vehicles", "fair_duration_s", 0, -1, r"vehicles.fair_duration_s\[0\]"),
        ("vehicles", "depot", 1, -1, r"vehicles.depot\[1\] = -1.0"),
        ("vehicles", "end_depot", 1, -2, r"vehicles.end_depot\[1\] = -2.0"),
        ("vehicles", "aboard_l", (1, 0), -1, r"vehicles.aboard_l\[1, 0\]"),
        ("vehicles", "aboard_kg", (1, 0), np.nan, r"vehicles.aboard_kg\[1, 0\]"),
        ("vehicles", "aboard_containers", (1, 1), 0.5, r"vehicles.aboard_containers"),
        ("vehicles", "home_accepts", (0, 1), 3, r"vehicles.home_accepts\[0, 1\]"),
        ("vehicles", "cents_per_km", 0, np.nan, r"vehicles.cents_per_km\[0\] = nan"),
        ("vehicles", "cents_per_hour", 0, -1, r"vehicles.cents_per_hour\[0\]"),
        ("vehicles", "fixed_cents", 0, -1, r"vehicles.fixed_cents\[0\]"),
        ("vehicles", "has", (1, 0), 2, r"vehicles.has\[1, 0\]"),
        ("vehicles", "foreign_cents", 1, -1, r"vehicles.foreign_cents\[1\]"),
        ("facilities", "accepts", (0, 0), 2, r"facilities.accepts\[0, 0\]"),
        ("facilities", "tip_s", 0, -1, r"facilities.tip_s\[0\] = -1.0"),
        ("facilities", "tip_cents", 0, -1, r"facilities.tip_cents\[0\] = -1.0"),
        ("facilities", "cents_per_tonne", (0, 1), -1, r"cents_per_tonne\[0, 1\]"),
    ],
)
def test_a_number_that_cannot_be_is_named(part, name, index, number, message):
    with pytest.raises(ValueError, match=message):
        with_number(part, name, index, number)


@pytest.mark.parametrize(
    ("part", "low", "high"),
    [
        ("stops", "earliest_s", "latest_s"),
        ("vehicles", "shift_start_s", "shift_end_s"),
        ("facilities", "opens_s", "closes_s"),
    ],
)
def test_a_window_that_ends_before_it_begins_is_refused(part, low, high):
    table = getattr(PROBLEM, part)
    column = np.array(getattr(table, low))
    message = rf"{part}.{high}\[0(, 0)?\] = 50 .* less than {low}"

    with pytest.raises(ValueError, match=message):
        restated(
            table, **{low: np.full_like(column, 51), high: np.full_like(column, 50)}
        )


@pytest.mark.parametrize("second", [(5, 25), (0, 5), (10, 10), (10, 30)])
def test_windows_that_do_not_ascend_are_refused(second):
    with pytest.raises(
        ValueError, match=r"stops.earliest_s\[1, 1\] = .* before it ends"
    ):
        stated(
            Stops,
            demand_l=[1, 1],
            earliest_s=[[0, 0], [0, second[0]]],
            latest_s=[[10, 10], [10, second[1]]],
        )


def test_a_stop_with_fewer_windows_repeats_its_last():
    stops = stated(
        Stops,
        demand_l=[1, 1],
        earliest_s=[[0, 20, 40], [5, 5, 5]],
        latest_s=[[10, 30, 50], [7, 7, 7]],
    )

    assert stops.earliest_s.shape == (2, 3)


# Shapes


@pytest.mark.parametrize(
    ("part", "name", "column", "message"),
    [
        ("stops", "demand_l", 5, r"stops.demand_l has shape \(\), not 1-dim"),
        ("stops", "mass_kg", [1, 2], r"mass_kg has shape \(2,\), expected \(3,\)"),
        ("stops", "earliest_s", [0] * 4, r"stops.earliest_s has shape \(4, 1\)"),
        ("stops", "earliest_s", [[0, 9]] * 3, r"stops.latest_s has shape \(3, 1\)"),
        ("stops", "needs", [[1], [0]], r"stops.needs has shape \(2, 1\)"),
        ("vehicles", "capacity_l", [5, 5], r"capacity_l has shape \(2,\), not 2-dim"),
        ("vehicles", "shift_end_s", [9] * 3, r"shift_end_s has shape \(3,\), expected"),
        (
            "vehicles",
            "aboard_l",
            [1, 1],
            r"aboard_l has shape \(2,\), expected \(2, 2\)",
        ),
        ("vehicles", "capacity_l", [[1, 2], [1]], "capacity_l has rows of different"),
        ("facilities", "accepts", [1, 1], r"accepts has shape \(2,\), not 2-dim"),
        ("facilities", "cents_per_tonne", [1, 1], r"cents_per_tonne has shape \(2,\)"),
    ],
)
def test_a_column_of_another_shape_is_refused(part, name, column, message):
    with pytest.raises(ValueError, match=message):
        restated(getattr(PROBLEM, part), **{name: column})


@pytest.mark.parametrize(
    ("part", "columns", "message"),
    [
        (
            "facilities",
            {"accepts": [[True]], "cents_per_tonne": 0},
            "facilities.accepts",
        ),
        (
            "vehicles",
            {
                "capacity_l": [[1], [1]],
                "aboard_l": 0,
                "aboard_kg": 0,
                "aboard_containers": 0,
                "home_accepts": 0,
            },
            "vehicles.capacity_l",
        ),
        ("stops", {"needs": [[0, 0]] * 3}, "stops.needs has 2 columns, expected 1"),
        ("vehicles", {"has": [[0, 0]] * 2}, "vehicles.has has 2 columns, expected 1"),
    ],
)
def test_a_column_for_every_stream_and_every_skill_is_asked_for(part, columns, message):
    table = restated(getattr(PROBLEM, part), **columns)

    with pytest.raises(ValueError, match=message):
        restated(PROBLEM, **{part: table})


def test_an_empty_fleet_is_refused():
    with pytest.raises(ValueError, match="vehicles is empty"):
        Town(bins=[Bin(at_km=1)], trucks=[]).problem()


def test_a_day_without_streams_or_depots_is_refused():
    with pytest.raises(ValueError, match="streams is empty"):
        restated(PROBLEM, streams=())
    with pytest.raises(ValueError, match="depot_count = 0"):
        restated(PROBLEM, depot_count=0)
