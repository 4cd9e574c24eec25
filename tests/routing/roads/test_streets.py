"""What a network of real streets allows, one rule at a time.

Most towns are this block, its streets 100 m long (10 s), two-way unless told otherwise:

    4---3---6
    |   |   |
    1---2---5
"""

import pytest

from routing.roads import (
    Place,
    Profile,
    Unreachable,
    UnusableExtractError,
    build_network,
)

NODES = {1: (0, 0), 2: (100, 0), 5: (200, 0), 4: (0, 100), 3: (100, 100), 6: (200, 100)}
WAYS = {12: (1, 2), 25: (2, 5), 56: (5, 6), 63: (6, 3), 34: (3, 4), 41: (4, 1)}
BLOCK = {"nodes": NODES, "ways": {**WAYS, 23: (2, 3)}}
A, B = (50, 0), (150, 0)  # on 1-2 and on 2-5
NORTH = (100, 50)  # on 2-3


def travel_s(network, at, start, end) -> int:
    places = [network.snap(*at(*start)), network.snap(*at(*end))]
    leg = network.path(*places)
    matrix = network.matrix(places)
    assert (leg.travel_s, leg.distance_m) == (
        matrix.travel_s[0, 1],
        matrix.distance_m[0, 1],
    )
    return int(leg.travel_s)


def test_the_way_along_a_street_takes_its_length_at_its_speed(build_town, at):
    assert travel_s(build_town(**BLOCK), at, A, B) == 10


def test_two_places_on_one_street_are_joined_along_it(build_town, at):
    network = build_town(**BLOCK)
    assert travel_s(network, at, (20, 0), (80, 0)) == 6
    assert travel_s(network, at, (80, 0), (20, 0)) == 6


def test_a_one_way_street_is_not_driven_backwards(build_town, at):
    network = build_town(**BLOCK, way_tags={12: {"oneway": "yes"}})
    assert travel_s(network, at, A, B) == 10
    assert travel_s(network, at, B, A) == 5 + 10 + 10 + 10 + 5


def test_a_one_way_street_may_be_drawn_against_its_direction(build_town, at):
    network = build_town(**BLOCK, way_tags={12: {"oneway": "-1"}})
    assert travel_s(network, at, B, A) == 10


def test_a_place_just_behind_on_a_one_way_street_is_round_the_block(build_town, at):
    network = build_town(**BLOCK, way_tags={12: {"oneway": "yes"}})
    assert travel_s(network, at, (80, 0), (20, 0)) == 2 + 10 + 10 + 10 + 2


def test_a_roundabout_is_one_way_without_saying_so(build_town, at):
    ring = {9: (1, 2, 3, 4, 1), 25: (2, 5)}
    network = build_town(
        nodes=NODES, ways=ring, way_tags={9: {"junction": "roundabout"}}
    )
    assert travel_s(network, at, (80, 0), (20, 0)) == 2 + 30 + 2


@pytest.mark.parametrize(
    ("kind", "to"), [("no_left_turn", 23), ("only_straight_on", 25), ("no_entry", 23)]
)
def test_a_banned_turn_is_driven_round(build_town, at, kind, to):
    members = [("from", "w", 12), ("via", "n", 2), ("to", "w", to)]
    network = build_town(**BLOCK, restrictions=[({"restriction": kind}, members)])
    # Both ends may be left either way: back over 1, 4, 3 is as far as onwards.
    assert travel_s(network, at, (90, 0), NORTH) == 9 + 10 + 10 + 5
    assert travel_s(network, at, NORTH, (90, 0)) == 5 + 1


def test_a_ban_that_spares_the_vehicle_is_no_ban(build_town, at):
    members = [("from", "w", 12), ("via", "n", 2), ("to", "w", 23)]
    tags = {"restriction": "no_left_turn", "except": "bicycle;hgv"}
    network = build_town(**BLOCK, restrictions=[(tags, members)])
    assert travel_s(network, at, (90, 0), NORTH) == 6


def test_a_ban_by_way_of_a_street_holds_for_those_who_came_that_way(build_town, at):
    members = [("from", "w", 12), ("via", "w", 23), ("to", "w", 63)]
    tags = {"restriction": "no_right_turn"}
    network = build_town(
        **BLOCK,
        restrictions=[(tags, members)],
        way_tags={12: {"oneway": "yes"}, 56: {"access": "no"}},
    )
    east = (150, 100)
    assert travel_s(network, at, NORTH, east) == 10
    assert travel_s(network, at, B, east) == 20
    # From 1-2 the turn 2-3-6 is banned; so once round 3, 4, 1 would bring it back to
    # 1-2: it goes to the dead end 5 and turns there.
    assert travel_s(network, at, A, east) == 5 + 10 + 7 + 10 + 10 + 5


def test_only_by_way_of_a_street_forbids_everything_else(build_town, at):
    members = [("from", "w", 12), ("via", "w", 23), ("to", "w", 63)]
    network = build_town(
        **BLOCK,
        restrictions=[({"restriction": "only_right_turn"}, members)],
        way_tags={12: {"oneway": "yes"}},
    )
    assert travel_s(network, at, A, (150, 100)) == 5 + 10 + 5
    assert travel_s(network, at, A, B) == 5 + 10 + 10 + 10 + 5
    assert travel_s(network, at, A, (50, 100)) == 5 + 10 + 10 + 10 + 10 + 10 + 5


def test_turning_round_is_done_at_dead_ends_only_and_costs_time(build_town, at):
    members = [("from", "w", 12), ("via", "n", 2), ("to", "w", 25)]
    network = build_town(
        nodes=NODES,
        ways={12: (1, 2), 25: (2, 5), 23: (2, 3), 34: (3, 4)},
        restrictions=[({"restriction": "no_straight_on"}, members)],
    )
    assert travel_s(network, at, (90, 0), B) == 1 + 10 + 10 + 7 + 10 + 10 + 5


def test_a_bollard_makes_two_dead_ends(build_town, at):
    nodes = {**NODES, 8: (50, 0)}
    network = build_town(
        nodes=nodes,
        ways={**BLOCK["ways"], 12: (1, 8, 2)},
        node_tags={8: {"barrier": "bollard"}},
    )
    assert travel_s(network, at, (25, 0), (75, 0)) == 2 + 1 + 10 + 10 + 10 + 3 - 1


def test_a_gate_is_opened_unless_it_is_private(build_town, at):
    town = {"nodes": {**NODES, 8: (50, 0)}, "ways": {**BLOCK["ways"], 12: (1, 8, 2)}}
    gate = build_town(**town, node_tags={8: {"barrier": "gate"}})
    assert travel_s(gate, at, (25, 0), (75, 0)) == 5
    private = build_town(
        **town, node_tags={8: {"barrier": "gate", "access": "private"}}
    )
    assert travel_s(private, at, (25, 0), (75, 0)) > 30


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "private"},
        {"motor_vehicle": "no"},
        {"vehicle": "no"},
        {"hgv": "no"},
        {"access": "no", "bus": "yes"},
        {"maxheight": "3.5"},
        {"maxheight": "11'6\""},
        {"maxweight": "12 t"},
        {"area": "yes"},
        {"highway": "footway"},
        {"oneway": "reversible"},
    ],
)
def test_a_street_closed_to_the_truck_is_driven_round(build_town, at, tags):
    network = build_town(**BLOCK, way_tags={12: tags})
    assert travel_s(network, at, (10, 100), (110, 0)) == 9 + 10 + 1


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "destination"},
        {"access": "no", "motor_vehicle": "yes"},
        {"motor_vehicle": "no", "hgv": "designated"},
        {"maxheight": "3.6"},
        {"maxheight": "default"},
        {"maxweight": "18"},
    ],
)
def test_a_street_the_truck_may_use_is_used(build_town, at, tags):
    assert travel_s(build_town(**BLOCK, way_tags={12: tags}), at, A, B) == 10


def test_a_signposted_speed_counts_more_than_the_class(build_town, at):
    network = build_town(**BLOCK, way_tags={12: {"maxspeed": "50"}})
    assert travel_s(network, at, (0, 0), (100, 0)) == round(100 / (50 * 0.82) * 3.6)


def test_miles_per_hour_are_understood(build_town, at):
    network = build_town(**BLOCK, way_tags={12: {"maxspeed": "20 mph"}})
    assert travel_s(network, at, (0, 0), (100, 0)) == round(100 / (32.187 * 0.82) * 3.6)


def test_a_turn_across_oncoming_traffic_costs_most(build_town, at):
    profile = Profile(speed_kmh={"residential": 36.0}, turn_s=20.0, u_turn_s=60.0)
    network = build_town(profile, **BLOCK)
    assert travel_s(network, at, A, B) == 10
    assert travel_s(network, at, B, NORTH) == 10 + 10
    assert travel_s(network, at, A, NORTH) == 10 + 12


def test_an_island_is_not_halted_at(build_town, at):
    network = build_town(
        nodes={**NODES, 8: (100, -40), 9: (200, -40)},
        ways={**BLOCK["ways"], 89: (8, 9)},
    )
    place = network.snap(*at(150, -35))
    assert isinstance(place, Place)
    assert place.distance_m == pytest.approx(35, abs=0.1)


def test_a_place_at_an_island_says_that_its_street_is_cut_off(build_town, at):
    network = build_town(
        nodes={**NODES, 8: (100, -90), 9: (200, -90)},
        ways={**BLOCK["ways"], 89: (8, 9)},
    )
    answer = network.snap(*at(150, -85))
    assert isinstance(answer, Unreachable)
    assert "the street, 5 m away, has no legal way there and back" in answer.reason


def test_a_tunnel_is_driven_but_not_halted_in(build_town, at):
    network = build_town(**BLOCK, way_tags={12: {"tunnel": "yes"}})
    assert travel_s(network, at, (0, 50), B) == 5 + 10 + 5
    place = network.snap(*at(50, 1))
    assert place.distance_m == pytest.approx(50, abs=0.1)


def test_what_is_too_far_from_a_street_is_unreachable_and_says_how_far(build_town, at):
    answer = build_town(**BLOCK).snap(*at(150, -80))
    assert isinstance(answer, Unreachable)
    assert "80 m away (limit 60 m)" in answer.reason


def test_a_point_that_is_nowhere_is_unreachable(build_town):
    assert isinstance(build_town(**BLOCK).snap(95.0, 24.0), Unreachable)
    assert isinstance(build_town(**BLOCK).snap(float("nan"), 24.0), Unreachable)


def test_a_place_knows_its_side_of_the_street_and_how_far_along(build_town, at):
    place = build_town(**BLOCK).snap(*at(30, 5))
    assert (place.side, round(place.offset_m), round(place.distance_m)) == (
        "left",
        30,
        5,
    )


def test_the_matrix_of_no_places_is_empty(build_town):
    assert build_town(**BLOCK).matrix([]).travel_s.shape == (0, 0)


def test_staying_where_one_is_takes_no_time(build_town, at):
    assert travel_s(build_town(**BLOCK), at, A, A) == 0


def test_a_way_with_holes_is_not_bridged(build_town, at):
    network = build_town(nodes=NODES, ways={**BLOCK["ways"], 29: (1, 2, 99, 6)})
    assert isinstance(network.snap(*at(150, 50)), Place)
    assert network.snap(*at(150, 50)).distance_m == pytest.approx(50, abs=0.1)


def test_a_file_that_is_no_extract_is_refused_by_name(tmp_path):
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"no protobuf in here")
    with pytest.raises(UnusableExtractError, match=r"broken\.osm\.pbf: not an OSM"):
        build_network(broken)


def test_a_truncated_extract_is_refused_not_half_read(tmp_path, helsinki_pbf):
    truncated = tmp_path / "truncated.osm.pbf"
    truncated.write_bytes(helsinki_pbf.read_bytes()[:400_000])
    with pytest.raises(UnusableExtractError, match=r"truncated\.osm\.pbf"):
        build_network(truncated)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(UnusableExtractError, match=r"missing\.osm\.pbf"):
        build_network(tmp_path / "missing.osm.pbf")


def test_an_extract_without_streets_is_refused(build_town):
    with pytest.raises(UnusableExtractError, match="holds no street"):
        build_town(nodes=NODES, ways={12: (1, 2)}, way_tags={12: {"highway": "path"}})
    with pytest.raises(UnusableExtractError, match="reach each other"):
        build_town(nodes=NODES, ways={12: (1, 2)}, way_tags={12: {"oneway": "yes"}})
