"""What a problem refuses, in words that name field and index."""

from dataclasses import fields, replace

import numpy as np
import pytest

from tests.routing.solver.towns import Bin, Tip, Town, Truck


def changed(value, name, change):
    """Copy a frozen value with one array changed."""
    arrays = {
        each.name: np.array(getattr(value, each.name))
        for each in fields(value)
        if each.init
    }
    arrays[name] = change(arrays[name])
    return type(value)(**arrays)


def with_item(index, number):
    def change(array):
        array = array.astype(float)
        array[index] = number
        return array

    return change


PROBLEM = Town(bins=[Bin(at_km=1), Bin(at_km=2)], trucks=[Truck(), Truck()]).problem()


@pytest.mark.parametrize(
    ("part", "name", "index", "number", "message"),
    [
        ("stops", "demand_l", 1, -5.0, r"stops.demand_l\[1\] = -5.0 .* less than 0"),
        ("stops", "mass_kg", 0, np.nan, r"stops.mass_kg\[0\] = nan .* finite"),
        ("stops", "service_s", 1, 0.5, r"stops.service_s\[1\] = 0.5 .* whole"),
        ("stops", "prize_cents", 0, -1, r"stops.prize_cents\[0\]"),
        ("stops", "latest_s", 1, -1, r"stops.latest_s\[1\]"),
        ("vehicles", "capacity_l", (1, 0), np.inf, r"vehicles.capacity_l\[1, 0\]"),
        ("vehicles", "cents_per_km", 0, np.nan, r"vehicles.cents_per_km\[0\] = nan"),
        ("vehicles", "capacity_kg", 1, -1.0, r"vehicles.capacity_kg\[1\]"),
        ("facilities", "tip_s", 0, -1, r"facilities.tip_s\[0\] = -1.0"),
        ("facilities", "accepts", (0, 0), 2, r"facilities.accepts\[0, 0\]"),
    ],
)
def test_a_number_that_cannot_be_is_named(part, name, index, number, message):
    with pytest.raises(ValueError, match=message):
        changed(getattr(PROBLEM, part), name, with_item(index, number))


@pytest.mark.parametrize(
    ("part", "low", "high"),
    [
        ("stops", "earliest_s", "latest_s"),
        ("vehicles", "shift_start_s", "shift_end_s"),
        ("facilities", "opens_s", "closes_s"),
    ],
)
def test_a_window_that_ends_before_it_begins_is_refused(part, low, high):
    value = changed(getattr(PROBLEM, part), high, with_item(0, 50))

    with pytest.raises(
        ValueError, match=rf"{part}.{high}\[0\] = 50 .* less than {low}"
    ):
        changed(value, low, with_item(0, 51))


def test_arrays_of_different_length_are_refused():
    with pytest.raises(
        ValueError, match=r"stops.mass_kg has shape \(3,\), expected \(2,\)"
    ):
        changed(PROBLEM.stops, "mass_kg", lambda array: np.append(array, 1))


def test_a_matrix_that_is_not_square_is_refused():
    with pytest.raises(
        ValueError, match=r"travel_s has shape \(3, 4\), expected \(4, 4\)"
    ):
        replace(PROBLEM, travel_s=PROBLEM.travel_s[:3])


def test_a_negative_travel_time_is_named_by_row_and_column():
    travel_s = PROBLEM.travel_s.copy()
    travel_s[2, 3] = -1

    with pytest.raises(ValueError, match=r"travel_s\[2, 3\] = -1"):
        replace(PROBLEM, travel_s=travel_s)


def test_an_empty_fleet_is_refused():
    with pytest.raises(ValueError, match="vehicles is empty"):
        Town(bins=[Bin(at_km=1)], trucks=[]).problem()


def test_a_stream_that_has_no_name_is_refused():
    with pytest.raises(ValueError, match=r"stops.stream\[0\] = 1.0 .* more than 0"):
        Town(bins=[Bin(at_km=1, stream=1)]).problem()


def test_a_depot_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"vehicles.depot\[0\]"):
        Town(bins=[], trucks=[Truck(depot=1)]).problem()


def test_a_compartment_for_every_stream_is_asked_for():
    with pytest.raises(ValueError, match="accepts has 1 columns, expected 2"):
        replace(
            Town(
                bins=[],
                streams=("glass", "paper"),
                trucks=[Truck(capacity_l=(1, 1))],
                tips=[Tip(accepts=(True, True))],
            ).problem(),
            facilities=PROBLEM.facilities,
        )


def test_what_was_checked_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="read-only"):
        PROBLEM.stops.demand_l[0] = -1
