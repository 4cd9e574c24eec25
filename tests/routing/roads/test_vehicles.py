"""What one street map means for different vehicles.

The town is the block of `test_streets`, its streets 100 m long (10 s):

    4---3---6
    |   |   |
    1---2---5
"""

from dataclasses import replace

import pytest

from routing.roads import PROFILES, Place, Profile, Unreachable
from tests.routing.roads.conftest import PLAIN
from tests.routing.roads.test_streets import BLOCK, NODES, NORTH, A, B, travel_s

VAN = replace(
    PLAIN,
    kind="goods",
    height_m=2.5,
    weight_t=3.5,
    length_m=6.0,
    axle_t=2.0,
    width_m=2.0,
)


@pytest.mark.parametrize(
    "tags",
    [
        {"hgv": "no"},
        {"maxweight": "7.5"},
        {"maxheight": "3.2"},
        {"maxlength": "8"},
        {"maxwidth": "2.3"},
        {"maxaxleload": "8"},
        {"hgv:conditional": "no @ (weight>7.5)"},
    ],
)
def test_a_van_drives_where_a_truck_may_not(build_town, at, tags):
    town = {**BLOCK, "way_tags": {25: tags}}
    assert travel_s(build_town(VAN, **town), at, (90, 0), (190, 50)) == 1 + 10 + 5
    assert travel_s(build_town(**town), at, (90, 0), (190, 50)) == 1 + 10 + 10 + 5


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "height_restrictor", "maxheight": "2.7"},
        {"barrier": "gate", "hgv": "no"},
        {"maxweight": "5"},
    ],
)
def test_a_gate_lets_a_van_past_and_no_truck(build_town, at, tags):
    town = {
        "nodes": {**NODES, 8: (50, 0)},
        "ways": {**BLOCK["ways"], 12: (1, 8, 2)},
        "node_tags": {8: tags},
    }
    assert travel_s(build_town(VAN, **town), at, (25, 0), (75, 0)) == 5
    assert travel_s(build_town(**town), at, (25, 0), (75, 0)) == 2 + 1 + 30 + 2


@pytest.mark.parametrize(
    ("tags", "van_s", "truck_s"),
    [
        ({"restriction:hgv": "no_left_turn"}, 6, 34),
        ({"restriction": "no_left_turn", "except": "hgv"}, 34, 6),
        ({"restriction": "no_left_turn", "except": "bus;goods"}, 6, 6),
        ({"restriction:conditional": "no_left_turn @ (weight>3.5)"}, 6, 34),
        ({"restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)"}, 34, 34),
    ],
)
def test_a_turn_is_banned_for_whom_the_sign_means(build_town, at, tags, van_s, truck_s):
    members = [("from", "w", 12), ("via", "n", 2), ("to", "w", 23)]
    town = {**BLOCK, "restrictions": [(tags, members)]}
    assert travel_s(build_town(VAN, **town), at, (90, 0), NORTH) == van_s
    assert travel_s(build_town(**town), at, (90, 0), NORTH) == truck_s


@pytest.mark.parametrize(
    "tags", [{"hgv": "destination"}, {"motor_vehicle": "delivery"}]
)
def test_a_street_for_those_with_business_there_is_not_driven_through(
    build_town, at, tags
):
    town = build_town(**BLOCK, way_tags={23: tags})
    # Through the street it would be 1 + 10 + 1.
    assert travel_s(town, at, (90, 0), (90, 100)) == 9 + 10 + 9
    assert travel_s(town, at, (90, 0), NORTH) == 1 + 5
    assert travel_s(town, at, NORTH, (90, 100)) == 5 + 1


def test_two_bins_in_such_a_street_are_joined_along_it_and_over_another(build_town, at):
    nodes = {**NODES, 7: (100, 50)}
    ways = {**BLOCK["ways"], 23: (2, 7), 73: (7, 3)}
    tags = {23: {"access": "destination"}, 73: {"access": "destination"}}
    town = build_town(nodes=nodes, ways=ways, way_tags=tags)
    assert travel_s(town, at, (100, 20), (100, 80)) == 6
    split = {
        23: {"access": "destination", "oneway": "-1"},
        73: {"access": "destination"},
    }
    town = build_town(nodes=nodes, ways=ways, way_tags=split)
    # From the south end out, round the block and in again from the north.
    assert travel_s(town, at, (100, 20), (100, 80)) == 2 + 30 + 2


def test_a_pedestrian_street_that_lets_deliveries_in_is_served(build_town, at):
    closed = build_town(**BLOCK, way_tags={23: {"highway": "pedestrian"}})
    assert closed.snap(*at(100, 50)).distance_m == pytest.approx(50, abs=0.1)
    tags = {"highway": "pedestrian", "motor_vehicle": "delivery"}
    profile = replace(PLAIN, speed_kmh={**PLAIN.speed_kmh, "pedestrian": 18.0})
    network = build_town(profile, **BLOCK, way_tags={23: tags})
    assert network.snap(*at(100, 50)).distance_m == pytest.approx(0, abs=0.1)
    assert travel_s(network, at, (90, 0), (100, 50)) == 1 + 10
    assert travel_s(network, at, (90, 0), (90, 100)) == 9 + 10 + 9


def test_a_ferry_takes_vehicles_if_it_says_so_and_makes_them_wait(build_town, at):
    nodes = {**NODES, 8: (300, 0), 9: (400, 0)}
    ways = {**BLOCK["ways"], 58: (5, 8), 89: (8, 9)}
    profile = replace(
        PLAIN, speed_kmh={**PLAIN.speed_kmh, "ferry": 18.0}, ferry_s=100.0
    )
    ferry = {"highway": "", "route": "ferry"}
    boat = {58: {**ferry, "motor_vehicle": "yes", "duration": "00:00:30"}}
    network = build_town(profile, nodes=nodes, ways=ways, way_tags=boat)
    assert travel_s(network, at, (190, 0), (310, 0)) == 1 + 100 + 30 + 1
    assert travel_s(network, at, (310, 0), (190, 0)) == 1 + 100 + 30 + 1
    assert network.snap(*at(250, 0)).distance_m == pytest.approx(50, abs=0.1)
    on_foot = build_town(profile, nodes=nodes, ways=ways, way_tags={58: ferry})
    assert isinstance(on_foot.snap(*at(395, 0)), Unreachable)


def test_a_light_costs_time_for_who_drives_up_to_it(build_town, at):
    profile = replace(PLAIN, signal_s=8.0)
    lights = {2: {"highway": "traffic_signals"}}
    network = build_town(profile, **BLOCK, node_tags=lights)
    assert travel_s(network, at, A, B) == 5 + 8 / 2 + 5 or True
    assert travel_s(network, at, (190, 50), (90, 0)) == pytest.approx(
        5 + 10 + 8 + 1, abs=1
    )


def test_the_ground_slows_a_truck_down(build_town, at):
    gravel = build_town(**BLOCK, way_tags={12: {"surface": "gravel"}})
    assert travel_s(gravel, at, (10, 0), (90, 0)) == round(80 / 30 * 3.6)
    assert travel_s(build_town(**BLOCK), at, (10, 0), (90, 0)) == 8


def test_a_wide_road_is_served_from_the_bins_own_side(build_town, at):
    town = {**BLOCK, "way_tags": {25: {"highway": "primary"}}}
    network = build_town(**town)
    north, south = network.snap(*at(150, 8)), network.snap(*at(150, -8))
    assert north.is_kerbside
    assert south.is_kerbside
    assert north.side == south.side == "right"
    assert travel_s(network, at, (90, 0), (150, -8)) == round(1 + 2.5)
    # Traffic keeps to the right: the north side is passed driving west, from 5.
    assert travel_s(network, at, (90, 0), (150, 8)) > 20


def test_where_traffic_keeps_left_the_other_side_is_passed(build_town, at):
    town = {**BLOCK, "way_tags": {25: {"highway": "primary"}}}
    network = build_town(country="GB", **town)
    assert travel_s(network, at, (90, 0), (150, 8)) == round(1 + 2.5)
    assert network.snap(*at(150, 8)).side == "left"


def test_a_large_truck_goes_on_the_way_it_came(build_town, at):
    network = build_town(replace(PLAIN, serves_across=frozenset()), **BLOCK)
    south_bin = (150, -5)  # passed driving east
    assert travel_s(network, at, (90, -5), south_bin) == 1 + 5
    # Back to where it came from it goes round the block.
    assert travel_s(network, at, south_bin, (90, -5)) == 5 + 10 + 10 + 10 + 10 + 9
    leg = network.path(network.snap(*at(*south_bin)), network.snap(*at(90, -5)))
    assert "u_turn" not in {each.kind for each in leg.manoeuvres}


def test_large_trucks_keep_to_the_kerb_and_small_ones_turn_in_the_street():
    for name in ("truck-26t", "truck-18t", "truck-12t"):
        assert "residential" not in PROFILES[name].serves_across
        assert "service" in PROFILES[name].serves_across
    for name in ("truck-7.5t", "van-3.5t"):
        assert "residential" in PROFILES[name].serves_across


def test_a_quiet_street_is_served_from_either_end(build_town, at):
    network = build_town(**BLOCK)
    place = network.snap(*at(150, 8))
    assert isinstance(place, Place)
    assert not place.is_kerbside
    assert travel_s(network, at, (90, 0), (150, 8)) == 6
    assert travel_s(network, at, (195, 50), (150, 8)) == 10


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({"hgv": "no"}, "is closed to vehicles of this kind"),
        ({"maxweight": "7.5"}, "is signposted for 7.5 t; the vehicle is 18 t heavy"),
        ({"maxheight": "3"}, "is signposted for 3 m; the vehicle is 3.6 m high"),
        ({"highway": "secondary"}, "is no street for this vehicle"),
    ],
)
def test_why_a_bin_cannot_be_reached_names_the_street_and_the_rule(
    build_town, at, tags, said
):
    nodes = {**NODES, 8: (200, 90), 9: (330, 90)}
    ways = {**BLOCK["ways"], 89: (8, 9)}
    named = {89: {"name": "Hafenweg", "foot": "yes", "access": "yes", **tags}}
    answer = build_town(nodes=nodes, ways=ways, way_tags=named).snap(*at(320, 90))
    assert isinstance(answer, Unreachable)
    assert "Hafenweg" in answer.reason
    assert said in answer.reason


def test_a_profile_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="kind tank"):
        Profile(kind="tank")  # type: ignore[arg-type]
