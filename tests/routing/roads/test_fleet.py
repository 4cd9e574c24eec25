"""One street map for vehicles of several sizes."""

import pytest

from routing.roads import (
    PROFILES,
    Conditions,
    FleetNetwork,
    Place,
    StreetNetwork,
    Unreachable,
    build_road_map,
)
from tests.routing.roads.test_streets import BLOCK, NODES, A, B

TRUCK, VAN = PROFILES["truck-26t"], PROFILES["van-3.5t"]
# A lane that only a van may enter, with a loop at its end.
LANE = {
    "nodes": {**NODES, 7: (300, 0), 8: (400, 0), 9: (400, 100)},
    "ways": {**BLOCK["ways"], 57: (5, 7), 78: (7, 8), 89: (8, 9), 97: (9, 7)},
    "way_tags": {
        57: {"maxweight": "7.5"},
        # Two ways for trucks, of which the van's is the shorter.
        23: {"maxweight": "12"},
    },
}
IN_LANE, BEYOND = (250, 5), (350, 5)


@pytest.fixture
def roads(write_town):
    return build_road_map(write_town(**LANE))


@pytest.fixture
def fleet(roads):
    return FleetNetwork(roads, [VAN, TRUCK, VAN])


def test_levels_go_from_all_vehicles_to_the_smallest(fleet):
    assert [network.profile.weight_t for network in fleet.networks] == [26, 3.5]


def test_what_a_truck_cannot_reach_is_for_vans(fleet, at):
    assert fleet.level(fleet.snap(*at(*A))) == 0
    for point in (IN_LANE, BEYOND):
        place = fleet.snap(*at(*point))
        assert fleet.level(place) == 1
        assert fleet.can_reach(place, VAN)
        assert not fleet.can_reach(place, TRUCK)


def test_what_nobody_can_reach_is_told_for_the_largest(fleet, at):
    assert isinstance(fleet.snap(*at(900, 900)), Unreachable)


def test_ways_between_places_for_all_are_legal_for_the_largest(roads, fleet, at):
    places = [fleet.snap(*at(*point)) for point in (A, IN_LANE, (90, 100), B, BEYOND)]
    assert all(isinstance(place, Place) for place in places)
    matrix = fleet.matrix(places)
    truck, van = StreetNetwork(roads, TRUCK), StreetNetwork(roads, VAN)
    for i, start in enumerate(places):
        for j, end in enumerate(places):
            is_for_all = i in (0, 2, 3) and j in (0, 2, 3)
            way = (truck if is_for_all else van).path(start, end)
            assert matrix.travel_s[i, j] == way.travel_s, (i, j)
            assert matrix.distance_m[i, j] == way.distance_m, (i, j)
            assert fleet.path(start, end) == way


def test_the_sparse_form_is_that_of_the_matrix(fleet, at):
    places = [fleet.snap(*at(*point)) for point in (A, IN_LANE, (90, 100), B, BEYOND)]
    matrix, sparse = fleet.matrix(places), fleet.sparse(places, hubs=2, neighbours=3)
    assert (sparse.from_hub_s == matrix.travel_s[:2]).all()
    for row, near in enumerate(sparse.neighbour):
        assert (sparse.neighbour_s[row] == matrix.travel_s[row, near]).all()


def leg(network, at, *points):
    start, end = (network.snap(*at(*point)) for point in points)
    assert isinstance(start, Place)
    assert isinstance(end, Place)
    return network.path(start, end)


def test_conditions_hold_for_every_vehicle(roads, at):
    slow = FleetNetwork(
        roads, [TRUCK, VAN], conditions=Conditions(speed_factor={"residential": 0.5})
    )
    usual = FleetNetwork(roads, [TRUCK, VAN])
    for point in (B, BEYOND):
        later, sooner = leg(slow, at, A, point), leg(usual, at, A, point)
        assert later.travel_s > sooner.travel_s
