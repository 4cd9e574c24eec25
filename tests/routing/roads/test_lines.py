"""The line of a street on the map: each stretch once, in one piece where it is one."""

import pytest

from routing.roads import Closure, find_shut, lines_of
from tests.routing.roads.test_streets import BLOCK


def lines(network, closure):
    (shut,) = find_shut(network.roads, [closure])
    return lines_of(network.roads, shut.edges.tolist())


def near(line, at, *corners):
    wanted = [pytest.approx(at(*corner), abs=1e-6) for corner in corners]
    return line in (wanted, wanted[::-1])


def test_a_way_over_a_junction_is_one_line(build_town, at):
    ways = {125: (1, 2, 5), 563: (5, 6, 3, 4, 1), 23: (2, 3)}
    network = build_town(nodes=BLOCK["nodes"], ways=ways)

    (line,) = lines(network, Closure(way=125))

    assert near(line, at, (0, 0), (100, 0), (200, 0))


def test_a_stretch_of_two_directions_is_drawn_once(build_town, at):
    network = build_town(**BLOCK)

    (line,) = lines(network, Closure(at=at(100, 50)))

    assert near(line, at, (100, 0), (100, 100))


def test_a_oneway_street_is_drawn_too(build_town, at):
    network = build_town(**BLOCK, way_tags={23: {"oneway": "yes"}})

    (line,) = lines(network, Closure(way=23))

    assert near(line, at, (100, 0), (100, 100))


def test_a_point_far_from_every_street_means_none(build_town, at):
    network = build_town(**BLOCK)

    assert find_shut(network.roads, [Closure(at=at(100, -249))])
    assert not find_shut(network.roads, [Closure(at=at(100, -251))])
