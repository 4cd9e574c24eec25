"""Ways between locations: matrices, or measured neighbours on a plane."""

from dataclasses import replace

import numpy as np
import pytest

from routing.solver.problem.ways import FullWays, SparseWays, plane_ways
from tests.routing.solver.stated import stated
from tests.routing.solver.towns import Bin, Town

PROBLEM = Town(bins=[Bin(at_km=1), Bin(at_km=2)]).problem()


def sparse(**columns):
    """Four places on a line, 10 apart; place 0 is a hub, place 2 knows place 3."""
    ways = {
        "x": [0, 10, 20, 30],
        "y": [0, 0, 0, 0],
        "metres_per_unit": 100,
        "seconds_per_unit": 6,
        "neighbour": [[1], [2], [3], [2]],
        "neighbour_s": [[71], [72], [73], [74]],
        "neighbour_m": [[1001], [1002], [1003], [1004]],
        "from_hub_s": [[0, 61, 62, 63]],
        "from_hub_m": [[0, 901, 902, 903]],
        "to_hub_s": [[0], [51], [52], [53]],
        "to_hub_m": [[0], [801], [802], [803]],
    }
    return stated(SparseWays, **ways | columns)


def legs(ways, *pairs):
    here, there = np.array(pairs).T
    seconds, metres = ways.legs(here, there)
    return list(zip(seconds.tolist(), metres.tolist(), strict=True))


def test_matrices_say_what_they_say():
    ways = stated(FullWays, travel_s=[[0, 1], [2, 0]], distance_m=[[0, 10], [20, 0]])

    assert legs(ways, (0, 1), (1, 0), (1, 1)) == [(1, 10), (2, 20), (0, 0)]
    assert len(ways) == 2


def test_measured_ways_go_before_straight_lines():
    found = legs(sparse(), (2, 3), (3, 2), (1, 3), (3, 1))

    assert found == [(73, 1003), (74, 1004), (120, 2000), (120, 2000)]


def test_ways_of_hubs_go_before_those_of_neighbours():
    assert legs(sparse(), (0, 1), (1, 0), (0, 0)) == [(61, 901), (51, 801), (0, 0)]


def test_straight_lines_are_rounded_to_whole_seconds_and_metres():
    ways = stated(
        plane_ways, x=[0, 3], y=[0, 4], metres_per_unit=0.3, seconds_per_unit=0.26
    )

    assert legs(ways, (0, 1), (1, 0)) == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("travel_s", "distance_m", "message"),
    [
        ([[0, 1, 2], [3, 0, 4]], [[0]], r"ways.travel_s has shape \(2, 3\), expected"),
        ([[0, 1], [2, 0]], [[0]], r"ways.distance_m has shape \(1, 1\), expected"),
        ([[0, -1], [2, 0]], [[0, 1], [2, 0]], r"ways.travel_s\[0, 1\] = -1.0"),
        ([[0, 1], [0.5, 0]], [[0, 1], [2, 0]], r"ways.travel_s\[1, 0\] = 0.5"),
        ([[0, 1], [2, 0]], [[0, 1], [np.nan, 0]], r"ways.distance_m\[1, 0\] = nan"),
        ([0, 1], [[0, 1], [2, 0]], r"ways.travel_s has shape \(2,\), not 2-dim"),
        (7, [[0]], r"ways.travel_s has shape \(\), not 2-dim"),
    ],
)
def test_matrices_that_cannot_be_are_refused(travel_s, distance_m, message):
    with pytest.raises(ValueError, match=message):
        stated(FullWays, travel_s=travel_s, distance_m=distance_m)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"x": [0, 1, 2]}, r"ways.x has shape \(3,\), expected \(4,\)"),
        ({"y": [0, 0, np.nan, 0]}, r"ways.y\[2\] = nan"),
        ({"metres_per_unit": -1}, "ways.metres_per_unit"),
        ({"seconds_per_unit": np.inf}, "ways.seconds_per_unit"),
        ({"neighbour": [1, 2, 3, 2]}, r"ways.neighbour has shape \(4,\), not 2-dim"),
        ({"neighbour": [[1], [2], [4], [2]]}, r"ways.neighbour\[2, 0\] = 4.0"),
        ({"neighbour_s": [[1], [2], [3], [-4]]}, r"ways.neighbour_s\[3, 0\] = -4.0"),
        ({"neighbour_m": [[1, 2]] * 4}, r"ways.neighbour_m has shape \(4, 2\)"),
        ({"from_hub_s": [[0, 1, 2]]}, r"ways.from_hub_s has shape \(1, 3\)"),
        ({"to_hub_m": [[0, 1, 2, 3]]}, r"ways.to_hub_m has shape \(1, 4\)"),
    ],
)
def test_sparse_ways_that_cannot_be_are_refused(columns, message):
    with pytest.raises(ValueError, match=message):
        sparse(**columns)


def test_neighbours_ascend():
    columns = {
        "neighbour": [[1, 2], [2, 3], [3, 1], [1, 2]],
        "neighbour_s": [[1, 2]] * 4,
        "neighbour_m": [[1, 2]] * 4,
    }

    with pytest.raises(ValueError, match=r"ways.neighbour\[2, 1\] = 1 .* ascend"):
        sparse(**columns)


def test_a_problem_has_ways_between_all_its_places():
    with pytest.raises(ValueError, match="ways has 2 locations, expected 4"):
        replace(
            PROBLEM,
            ways=stated(
                plane_ways, x=[0, 1], y=[0, 1], metres_per_unit=1, seconds_per_unit=1
            ),
        )
