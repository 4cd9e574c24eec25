"""Areas that the border of an extract cuts through."""

import pytest

from backend.city.basemap.border import (
    areas_to_the_right,
    is_inside,
    known_chains,
    ring_area,
    smaller_areas,
)
from backend.city.bounds import Bounds

# About a kilometre each way, at the equator.
BOX = Bounds(west_deg=0.0, south_deg=0.0, east_deg=0.01, north_deg=0.01)
WHOLE = 0.01 * 0.01


def test_a_coast_straight_through_leaves_the_sea_to_its_right():
    going_east = [(0.0, 0.004), (0.01, 0.004)]
    [sea] = areas_to_the_right([going_east], BOX)
    assert abs(ring_area(sea)) == pytest.approx(0.4 * WHOLE)
    assert is_inside((0.005, 0.001), sea)
    [sea] = areas_to_the_right([going_east[::-1]], BOX)
    assert abs(ring_area(sea)) == pytest.approx(0.6 * WHOLE)


def test_two_coasts_enclose_the_strait_between_them():
    north_shore = [(0.01, 0.007), (0.0, 0.007)]
    south_shore = [(0.0, 0.003), (0.01, 0.003)]
    seas = areas_to_the_right([north_shore, south_shore], BOX)
    assert sum(abs(ring_area(sea)) for sea in seas) == pytest.approx(0.6 * WHOLE)
    [strait] = areas_to_the_right([north_shore[::-1], south_shore[::-1]], BOX)
    assert abs(ring_area(strait)) == pytest.approx(0.4 * WHOLE)


def test_a_coast_that_ends_just_short_of_the_border_is_drawn_on_to_it():
    [sea] = areas_to_the_right([[(0.0005, 0.004), (0.0095, 0.004)]], BOX)
    assert abs(ring_area(sea)) == pytest.approx(0.4 * WHOLE)


def test_a_chain_that_ends_far_inside_was_not_cut_by_the_border():
    assert areas_to_the_right([[(0.0, 0.004), (0.005, 0.005)]], BOX) == []


def test_a_cut_lake_is_closed_on_its_smaller_side():
    lake = [(0.0, 0.002), (0.002, 0.003), (0.0, 0.004)]
    for chain in (lake, lake[::-1]):
        [ring] = smaller_areas([chain], BOX)
        assert abs(ring_area(ring)) == pytest.approx(0.02 * WHOLE)
        assert is_inside((0.001, 0.003), ring)


def test_unknown_nodes_split_a_way_into_its_known_chains():
    a, b, c = (0.0, 0.0), (0.1, 0.0), (0.2, 0.0)
    assert known_chains([None, a, b, None, c, None, b, c]) == [[a, b], [b, c]]
