"""Closures, new limits and traffic: the same as if the map had said so."""

import numpy as np
import pytest

from routing.roads import Closure, Conditions, Limits, Place, StreetNetwork, Unreachable
from tests.routing.roads.conftest import under
from tests.routing.roads.test_streets import BLOCK, NORTH, A, B, travel_s

CORNERS = [A, B, NORTH, (50, 100), (150, 100), (0, 50), (200, 50)]


def matrix_of(network, at):
    places = [network.snap(*at(*corner)) for corner in CORNERS]
    assert all(isinstance(place, Place) for place in places)
    return network.matrix(places).travel_s


@pytest.mark.parametrize("way", [12, 23, 34])
def test_a_closed_street_is_as_good_as_none(build_town, at, way):
    open_ = build_town(**BLOCK)
    closed = under(open_, Conditions(closures=(Closure(way=way),)))
    ways = {id_: nodes for id_, nodes in BLOCK["ways"].items() if id_ != way}
    rebuilt = build_town(nodes=BLOCK["nodes"], ways=ways)
    elsewhere = [c for c in CORNERS if rebuilt.snap(*at(*c)).distance_m < 1]
    for start in elsewhere:
        for end in elsewhere:
            assert travel_s(closed, at, start, end) == travel_s(rebuilt, at, start, end)
    assert travel_s(open_, at, A, B) == 10, "the open streets are left as they were"


def test_a_closure_at_a_point_shuts_one_stretch_of_a_long_street(build_town, at):
    ways = {125: (1, 2, 5), 563: (5, 6, 3, 4, 1), 23: (2, 3)}
    network = build_town(nodes=BLOCK["nodes"], ways=ways)
    shut = under(network, Conditions(closures=(Closure(at=at(150, 5)),)))
    assert travel_s(shut, at, A, NORTH) == 10
    assert travel_s(shut, at, A, (190, 50)) == 5 + 10 + 10 + 5


def test_a_new_limit_shuts_a_street_to_those_above_it(build_town, at):
    network = build_town(**BLOCK)
    for limit_t, seconds in ((20.0, 12), (18.0, 12), (17.9, 28)):
        closure = Closure(way=23, limits=Limits(weight_t=limit_t))
        limited = under(network, Conditions(closures=(closure,)))
        assert travel_s(limited, at, (90, 0), (90, 100)) == seconds


def test_who_stands_before_a_closure_turns_round_there(build_town, at):
    nodes = {**BLOCK["nodes"], 8: (300, 0), 9: (400, 0)}
    ways = {**BLOCK["ways"], 58: (5, 8), 89: (8, 9)}
    network = build_town(nodes=nodes, ways=ways)
    assert travel_s(network, at, (290, 0), (390, 0)) == 10
    shut = under(network, Conditions(closures=(Closure(way=89),)))
    assert travel_s(shut, at, B, (290, 0)) == 5 + 9
    assert travel_s(shut, at, (290, 0), B) == 9 + 5


def test_a_bin_in_a_closed_street_is_told_why(build_town, at):
    network = build_town(**BLOCK)
    closures = tuple(
        Closure(way=way, reason="water main until Friday") for way in BLOCK["ways"]
    )
    answer = under(network, Conditions(closures=closures)).snap(*at(*A))
    assert isinstance(answer, Unreachable)
    assert "is closed: water main until Friday" in answer.reason


def test_a_closure_that_means_no_street_here_changes_nothing(build_town, at):
    network = build_town(**BLOCK)
    elsewhere = under(network, Conditions(closures=(Closure(way=4711),)))
    assert np.array_equal(matrix_of(network, at), matrix_of(elsewhere, at))


def test_traffic_slows_its_class_of_road_alone(build_town, at):
    network = build_town(**BLOCK, way_tags={25: {"highway": "primary"}})
    rush = under(network, Conditions(speed_factor={"primary": 0.5}))
    assert travel_s(network, at, (100, 0), (200, 0)) == 5
    assert travel_s(rush, at, (100, 0), (200, 0)) == 10
    assert travel_s(rush, at, (10, 0), (90, 0)) == 8


@pytest.mark.parametrize("factor", [0.0, -1.0, float("inf"), float("nan")])
def test_a_factor_that_means_nothing_is_refused(factor):
    with pytest.raises(ValueError, match="speed_factor of primary"):
        Conditions(speed_factor={"primary": factor})


def test_a_closure_names_a_way_or_a_point():
    with pytest.raises(ValueError, match="either way or at"):
        Closure()
    with pytest.raises(ValueError, match="either way or at"):
        Closure(way=1, at=(60.0, 24.0))


def test_nothing_is_built_anew_for_a_closure(build_town):
    network = build_town(**BLOCK)
    shut = under(network, Conditions(closures=(Closure(way=12),)))
    assert isinstance(shut, StreetNetwork)
    assert shut.roads is network.roads
    assert shut.search is not network.search
