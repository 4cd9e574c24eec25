"""The judge of ways finds what is illegal, on towns small enough to see through.

4---3---6
|   |   |
1---2---5
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.roads.lawful import Law, read_law
from benchmarks.roads.raw_tags import Vehicle
from benchmarks.roads.vehicles import vehicle_of
from routing.roads import COLLECTION_TRUCK
from tests.routing.roads.conftest import Town, degrees

CORNERS = ((0, 0), (100, 0), (100, 100), (0, 100), (200, 0), (200, 100))
NODES = dict(enumerate(CORNERS, start=1))
WAYS = {
    int(f"{a}{b}"): (a, b)
    for a, b in ((1, 2), (2, 3), (3, 4), (4, 1), (2, 5), (5, 6), (6, 3))
}
TRUCK = vehicle_of(COLLECTION_TRUCK)
VAN = replace(TRUCK, kind="goods", weight_t=3.5, height_m=2.6)


@pytest.fixture
def law_of(tmp_path: Path) -> Callable[..., Law]:
    def read(*, vehicle: Vehicle = TRUCK, **town) -> Law:
        whole = {"nodes": NODES, "ways": WAYS, **town}
        return read_law(Town(**whole).write(tmp_path / "town.osm.pbf"), vehicle)

    return read


def drive(law: Law, *points: tuple[float, float]) -> str | None:
    """Judge a way through points in metres east and north."""
    return law.fault([rounded(*degrees(*point)) for point in points])


def rounded(lat: float, lon: float) -> tuple[float, float]:
    return round(lat, 7), round(lon, 7)


def ban(restriction: str, *via: tuple[str, int], start: int, end: int, **more: str):
    members = [("from", "w", start), *(("via", *each) for each in via)]
    return [({"restriction": restriction, **more}, [*members, ("to", "w", end)])]


EASTWARDS = ((20, 0), (100, 0), (180, 0))
INTO_MILL_LANE = ((20, 0), (100, 0), (100, 80))


def test_what_no_sign_forbids_is_legal(law_of: Callable[..., Law]):
    law = law_of()

    assert drive(law, *EASTWARDS) is None
    assert drive(law, *INTO_MILL_LANE) is None
    assert drive(law, (20, 0), (80, 0)) is None
    assert drive(law, (80, 0), (20, 0)) is None
    assert drive(law, (20, 0), (100, 0), (100, 100), (0, 100), (0, 0), (10, 0)) is None


def test_off_the_streets_there_is_no_way(law_of: Callable[..., Law]):
    assert drive(law_of(), (20, 0), (100, 0), (60, 60)) is not None
    assert drive(law_of(), (20, 3), (80, 3)) is not None
    assert drive(law_of(), (20, 0), (100, 0), (0, 100), (0, 50)) is not None


@pytest.mark.parametrize(
    "tags",
    [
        {"oneway": "yes"},
        {"junction": "roundabout"},
        {"highway": "motorway"},
        {"oneway:motor_vehicle": "yes"},
        {"hgv:backward": "no"},
        {"maxweight:backward": "12"},
    ],
)
def test_against_a_oneway_is_illegal(law_of: Callable[..., Law], tags: dict[str, str]):
    law = law_of(way_tags={25: tags})

    assert drive(law, *EASTWARDS) is None
    assert drive(law, *reversed(EASTWARDS)) is not None
    assert drive(law, (180, 0), (120, 0)) is not None


def test_a_oneway_may_be_drawn_against_its_direction(law_of: Callable[..., Law]):
    law = law_of(way_tags={25: {"oneway": "-1"}})

    assert drive(law, *reversed(EASTWARDS)) is None
    assert drive(law, *EASTWARDS) is not None


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "private"},
        {"hgv": "no"},
        {"vehicle": "yes", "motor_vehicle": "no"},
        {"hgv:conditional": "no @ (weight>7.5)"},
        {"access:conditional": "no @ (22:00-06:00)"},
        {"highway": "pedestrian"},
        {"highway": "footway"},
        {"maxheight": "3.5"},
        {"maxheight": "11'6\""},
        {"maxwidth": "2.5 m"},
        {"maxlength": "9"},
        {"maxweight": "7.5 t"},
        {"maxweight:hgv": "12"},
        {"hgv:maxweight": "7.5"},
        {"maxweightrating": "17500 kg"},
        {"maxaxleload": "8"},
    ],
)
def test_a_street_that_is_closed_to_it_is_illegal(
    law_of: Callable[..., Law], tags: dict[str, str]
):
    law = law_of(way_tags={25: tags})

    assert drive(law, *EASTWARDS) is not None
    assert drive(law, *INTO_MILL_LANE) is None


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "no", "hgv": "yes"},
        {"highway": "pedestrian", "motor_vehicle": "delivery"},
        {"maxheight": "3.6"},
        {"maxheight": "default"},
        {"maxweight": "18"},
        {"maxaxleload": "11.5"},
        {"hgv:conditional": "no @ (weight>18)"},
        {"oneway": "yes", "oneway:hgv": "no"},
    ],
)
def test_at_the_limit_or_by_exception_it_is_legal(
    law_of: Callable[..., Law], tags: dict[str, str]
):
    assert drive(law_of(way_tags={25: tags}), *EASTWARDS) is None


def test_what_is_for_heavy_vehicles_does_not_hold_for_a_van(
    law_of: Callable[..., Law],
):
    tags = {25: {"hgv": "no", "maxweight": "7.5"}}

    assert drive(law_of(way_tags=tags, vehicle=VAN), *EASTWARDS) is None
    assert drive(law_of(way_tags=tags), *EASTWARDS) is not None


def test_a_banned_turn_is_illegal(law_of: Callable[..., Law]):
    law = law_of(restrictions=ban("no_left_turn", ("n", 2), start=12, end=23))

    assert "banned turn" in str(drive(law, *INTO_MILL_LANE))
    assert drive(law, *EASTWARDS) is None
    assert drive(law, (180, 0), (100, 0), (100, 80)) is None


@pytest.mark.parametrize(
    ("tags", "is_legal"),
    [
        ({"except": "hgv"}, True),
        ({"except": "bicycle;motor_vehicle"}, True),
        ({"except": "bus"}, False),
        ({"restriction:conditional": "no_left_turn @ (weight>7.5)"}, False),
        ({"restriction:hgv": "no_right_turn"}, False),
    ],
)
def test_a_ban_holds_for_whom_it_says(
    law_of: Callable[..., Law], tags: dict[str, str], is_legal: bool
):
    law = law_of(restrictions=ban("no_left_turn", ("n", 2), start=12, end=23, **tags))

    assert (drive(law, *INTO_MILL_LANE) is None) is is_legal


def test_a_ban_for_trucks_does_not_hold_for_a_van(law_of: Callable[..., Law]):
    [(_, members)] = ban("", ("n", 2), start=12, end=23)
    town = {"restrictions": [({"restriction:hgv": "no_left_turn"}, members)]}

    assert drive(law_of(**town), *INTO_MILL_LANE) is not None
    assert drive(law_of(**town, vehicle=VAN), *INTO_MILL_LANE) is None


def test_what_must_be_taken_bans_all_else(law_of: Callable[..., Law]):
    law = law_of(restrictions=ban("only_straight_on", ("n", 2), start=12, end=25))

    assert drive(law, *EASTWARDS) is None
    assert "banned turn" in str(drive(law, *INTO_MILL_LANE))
    assert drive(law, (180, 0), (100, 0), (100, 80)) is None


def test_a_turn_may_be_banned_after_the_ways_before(law_of: Callable[..., Law]):
    law = law_of(restrictions=ban("no_u_turn", ("w", 23), start=12, end=34))
    after_mill_lane = ((20, 0), (100, 0), (100, 100))

    fault = drive(law, *after_mill_lane, (20, 100))

    assert "banned after the ways before" in str(fault)
    assert drive(law, *after_mill_lane, (180, 100)) is None
    assert drive(law, (100, 20), (100, 100), (20, 100)) is None
    assert drive(law, (180, 0), (100, 0), (100, 100), (20, 100)) is None


def test_ways_may_have_to_be_followed_to_their_end(law_of: Callable[..., Law]):
    law = law_of(restrictions=ban("only_right_turn", ("w", 23), start=12, end=63))
    after_mill_lane = ((20, 0), (100, 0), (100, 100))

    assert drive(law, *after_mill_lane, (180, 100)) is None
    assert drive(law, *after_mill_lane, (20, 100)) is not None
    assert drive(law, *EASTWARDS) is not None
    assert drive(law, (180, 0), (100, 0), (20, 0)) is None


@pytest.mark.parametrize(
    ("tags", "is_legal"),
    [
        ({"barrier": "bollard"}, False),
        ({"barrier": "gate", "access": "private"}, False),
        ({"barrier": "gate", "locked": "yes"}, False),
        ({"barrier": "height_restrictor", "maxheight": "2.2"}, False),
        ({"barrier": "lift_gate"}, True),
        ({"barrier": "bollard", "hgv": "yes"}, True),
        ({"highway": "crossing", "access": "no"}, True),
    ],
)
def test_a_barrier_lets_only_some_past(
    law_of: Callable[..., Law], tags: dict[str, str], is_legal: bool
):
    law = law_of(node_tags={2: tags})

    assert (drive(law, *EASTWARDS) is None) is is_legal
    assert (drive(law, (20, 0), (100, 0), (20, 0)) is None) is not is_legal


def test_turning_round_is_legal_at_dead_ends_alone(law_of: Callable[..., Law]):
    law = law_of(nodes={**NODES, 7: (200, -100)}, ways={**WAYS, 57: (5, 7)})

    fault = drive(law, (20, 0), (100, 0), (20, 0))

    assert "turns round" in str(fault)
    assert drive(law, (200, -20), (200, -100), (200, -30)) is None
    assert drive(law, (20, 0), (100, 0), (200, 0), (120, 0)) is not None


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "destination"},
        {"motor_vehicle": "delivery"},
        {"maxweight": "7.5", "maxweight:conditional": "none @ destination"},
        {"access": "no", "access:conditional": "yes @ (Mo-Fr 08:00-20:00)"},
    ],
)
def test_a_street_for_destinations_is_not_driven_through(
    law_of: Callable[..., Law], tags: dict[str, str]
):
    law = law_of(way_tags={23: tags})

    through = drive(law, (20, 0), (100, 0), (100, 100), (20, 100))

    assert "through a street for destinations" in str(through)
    assert drive(law, *INTO_MILL_LANE) is None
    assert drive(law, (100, 20), (100, 100), (20, 100)) is None


def test_the_fault_names_its_place(law_of: Callable[..., Law]):
    law = law_of(restrictions=ban("no_left_turn", ("n", 2), start=12, end=23))

    assert "node 2, way 12 to way 23" in str(drive(law, *INTO_MILL_LANE))
