"""What a problem means where nothing is said."""

import numpy as np
import pytest

from routing.solver.problem.facilities import Facilities
from routing.solver.problem.fields import UNLIMITED
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
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


def test_what_is_left_out_limits_and_costs_nothing():
    vehicles = stated(Vehicles, capacity_l=[[5, 5]], shift_start_s=0, shift_end_s=100)
    stops = stated(Stops, demand_l=[1, 2])
    facilities = stated(Facilities, accepts=[[True, False]])

    assert vehicles.max_stops.tolist() == [UNLIMITED]
    assert vehicles.aboard_l.tolist() == [[0, 0]]
    assert vehicles.latest_end_s.tolist() == [100]
    assert stops.is_mandatory.all()
    assert stops.work_s.tolist() == [0, 0]
    assert facilities.tip_cents.tolist() == [0]


def test_one_number_is_said_for_every_row():
    vehicles = restated(PROBLEM.vehicles, max_stops=7, home_accepts=True)

    assert vehicles.max_stops.tolist() == [7, 7]
    assert vehicles.home_accepts.all()


def test_who_names_no_end_comes_back_to_the_start():
    town = restated(
        TOWN,
        depots_km=(0, 4),
        trucks=[
            Truck(capacity_l=(1, 1), depot=1),
            Truck(capacity_l=(1, 1), depot=1, end_depot=0),
        ],
    )

    assert town.problem().vehicles.end_depot.tolist() == [1, 0]


def test_skills_that_nobody_mentions_are_neither_needed_nor_there():
    stops, fleet = stated(Stops, demand_l=[1] * 3), PROBLEM.vehicles
    plain = stated(
        Vehicles, capacity_l=fleet.capacity_l, shift_start_s=0, shift_end_s=100
    )

    problem = restated(PROBLEM, stops=stops, vehicles=plain, skills=("crane", "boat"))

    assert problem.stops.needs.shape == (3, 2)
    assert problem.vehicles.has.shape == (2, 2)
    assert not problem.stops.needs.any()
    assert not problem.vehicles.has.any()


def test_skills_are_not_said_in_one_number():
    with pytest.raises(ValueError, match=r"stops.needs = 1 not understood"):
        stated(Stops, demand_l=[1], needs=1)
    with pytest.raises(ValueError, match=r"vehicles.has = True not understood"):
        restated(PROBLEM.vehicles, has=True)


def test_what_was_checked_cannot_be_changed_afterwards():
    for column in (
        PROBLEM.stops.demand_l,
        PROBLEM.stops.earliest_s,
        PROBLEM.vehicles.end_depot,
        PROBLEM.facilities.accepts,
        PROBLEM.conflicts,
    ):
        with pytest.raises(ValueError, match="read-only"):
            column[:] = 0


def test_what_was_given_may_be_changed_afterwards():
    demand_l = np.ones(2)
    stops = stated(Stops, demand_l=demand_l)
    demand_l[0] = -1

    assert stops.demand_l[0] == 1


def test_locations_are_depots_then_facilities_then_stops():
    problem = restated(TOWN, depots_km=(0, 9)).problem()

    assert [problem.facility_at(x) for x in (1, 2, 3)] == [None, 0, None]
    assert [problem.stop_at(x) for x in (2, 3, 5)] == [None, 0, 2]
    assert (problem.facility_location(0), problem.stop_location(2)) == (2, 5)
    assert problem.location_count == len(problem.ways) == 6
