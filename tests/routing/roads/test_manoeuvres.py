"""What a driver is told on the way.

4---3---6
|   |   |
1---2---5
"""

import pytest

from routing.roads.manoeuvres import bend_of, tell_turning_back
from tests.routing.roads.test_streets import BLOCK, NODES

NAMES = {
    12: {"name": "Southgate"},
    25: {"name": "Southgate"},
    23: {"name": "Mill Lane"},
    34: {"name": "Northgate"},
    63: {"name": "Northgate"},
    41: {"name": ""},
}


def told(network, at, start, end):
    leg = network.path(network.snap(*at(*start)), network.snap(*at(*end)))
    first, *middle, last = leg.manoeuvres
    assert (first.kind, last.kind) == ("depart", "arrive")
    assert last.distance_m == 0
    total_m = sum(each.distance_m for each in leg.manoeuvres)
    assert abs(total_m - leg.distance_m) <= len(leg.manoeuvres)
    return [(each.kind, each.bend, each.street, each.distance_m) for each in middle]


@pytest.fixture
def town(build_town):
    return build_town(**BLOCK, way_tags=NAMES)


def test_straight_on_along_a_street_nothing_is_said(town, at):
    assert told(town, at, (50, 0), (150, 0)) == []


def test_a_turn_is_told_with_its_street_and_how_far_it_is_followed(town, at):
    assert told(town, at, (50, 0), (100, 60)) == [("turn", "left", "Mill Lane", 60)]
    assert told(town, at, (150, 0), (100, 60)) == [("turn", "right", "Mill Lane", 60)]
    assert told(town, at, (50, 0), (120, 100)) == [
        ("turn", "left", "Mill Lane", 100),
        ("turn", "right", "Northgate", 20),
    ]


def test_a_corner_without_another_way_is_no_turn(town, at):
    assert told(town, at, (10, 0), (0, 50)) == []


def test_arrival_says_on_which_side_the_bin_is(town, at):
    for north_m, side in ((4, "left"), (-4, "right"), (0, "straight")):
        leg = town.path(town.snap(*at(10, 0)), town.snap(*at(70, north_m)))
        assert leg.manoeuvres[-1].bend == side
    back = town.path(town.snap(*at(70, 0)), town.snap(*at(10, 4)))
    assert back.manoeuvres[-1].bend == "right"


def test_turning_round_is_told(build_town, at):
    members = [("from", "w", 12), ("via", "n", 2), ("to", "w", 25)]
    network = build_town(
        nodes=NODES,
        ways={12: (1, 2), 25: (2, 5), 23: (2, 3), 34: (3, 4)},
        way_tags=NAMES,
        restrictions=[({"restriction": "no_straight_on"}, members)],
    )
    kinds = [each[0] for each in told(network, at, (90, 0), (150, 0))]
    assert "u_turn" in kinds


def test_a_roundabout_is_one_manoeuvre_with_its_exit(build_town, at):
    nodes = {
        1: (0, 0),
        2: (100, 0),
        3: (120, -20),
        4: (140, 0),
        5: (120, 20),
        6: (120, -100),
        7: (240, 0),
        8: (120, 100),
    }
    ring = {"junction": "roundabout"}
    network = build_town(
        nodes=nodes,
        ways={9: (2, 3, 4, 5, 2), 12: (1, 2), 36: (3, 6), 47: (4, 7), 58: (5, 8)},
        way_tags={
            9: ring,
            36: {"name": "South"},
            47: {"name": "East"},
            58: {"name": "North"},
        },
    )
    leg = network.path(network.snap(*at(10, 0)), network.snap(*at(230, 0)))
    [through] = leg.manoeuvres[1:-1]
    assert (through.kind, through.street, through.exit_number) == (
        "roundabout",
        "East",
        2,
    )
    assert through.bend == "straight"
    leg = network.path(network.snap(*at(10, 0)), network.snap(*at(120, 90)))
    [through] = leg.manoeuvres[1:-1]
    assert (through.street, through.exit_number, through.bend) == ("North", 3, "left")


def test_where_the_street_forks_the_driver_is_told(build_town, at):
    nodes = {1: (0, 0), 2: (100, 0), 3: (200, 20), 4: (200, -20)}
    network = build_town(
        nodes=nodes,
        ways={12: (1, 2), 23: (2, 3), 24: (2, 4)},
        way_tags={23: {"name": "Upper"}, 24: {"name": "Lower"}},
    )
    [turn] = told(network, at, (10, 0), (190, 18))
    assert turn[2] == "Upper"


@pytest.mark.parametrize(
    ("angle_deg", "bend"),
    [
        *((0, "straight"), (24, "straight"), (-40, "slight_left"), (90, "right")),
        *((-90, "left"), (140, "sharp_right"), (-179, "sharp_left")),
    ],
)
def test_bends_have_names(angle_deg, bend):
    assert bend_of(angle_deg) == bend


def test_who_leaves_a_stop_against_the_way_he_came_is_told_to_turn(town, at):
    a, b = town.snap(*at(10, 0)), town.snap(*at(70, 4))
    on, back = town.path(a, b), town.path(b, a)
    onward = town.path(b, town.snap(*at(150, 0)))
    kinds = [leg.manoeuvres[0].kind for leg in tell_turning_back([on, back])]
    assert kinds == ["depart", "u_turn"]
    assert tell_turning_back([on, onward]) == [on, onward]
    assert tell_turning_back([]) == []
    staying = town.path(b, b)
    assert tell_turning_back([on, staying, onward]) == [on, staying, onward]


def test_two_places_on_one_street_need_no_telling(town, at):
    assert told(town, at, (20, 0), (80, 0)) == []
