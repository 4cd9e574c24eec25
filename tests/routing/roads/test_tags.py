"""What OSM's tags mean for driving."""

from math import inf

import pytest

from routing.roads.map.rules import directions, duration_s, road_class_of
from routing.roads.tags.access import gate_verdict, street_verdict
from routing.roads.tags.countries import ANYWHERE, country_rules
from routing.roads.tags.limits import Limits, limits
from routing.roads.tags.speeds import default_kmh, posted_kmh, surface_kmh
from routing.roads.tags.values import conditions, kmh, metres, seen_driving, tonnes


@pytest.mark.parametrize(
    ("text", "length_m"),
    [
        *(("3.5", 3.5), ("3,5 m", 3.5), ("350 cm", 3.5), ("11'6\"", 3.5052)),
        *(("12'", 3.6576), ("12 ft", 3.6576), ("none", None), ("default", None)),
        *((None, None), ("", None), ("3.5.2", None), ("about 4", None)),
    ],
)
def test_lengths_are_read_in_every_unit_that_osm_writes(text, length_m):
    assert metres(text) == (None if length_m is None else pytest.approx(length_m))


@pytest.mark.parametrize(
    ("text", "mass_t"),
    [
        ("7.5", 7.5),
        ("7500 kg", 7.5),
        ("10 st", 9.0718474),
        ("16534 lbs", 7.5),
        ("x", None),
    ],
)
def test_masses_are_read_in_every_unit_that_osm_writes(text, mass_t):
    assert tonnes(text) == (None if mass_t is None else pytest.approx(mass_t, rel=1e-4))


@pytest.mark.parametrize(
    ("text", "speed_kmh"),
    [("50", 50), ("30 mph", 48.28032), ("none", None), ("signals", None), ("0", None)],
)
def test_speeds_are_read_in_every_unit_that_osm_writes(text, speed_kmh):
    assert kmh(text) == (None if speed_kmh is None else pytest.approx(speed_kmh))


def test_conditions_are_taken_apart():
    no, yes = conditions("no @ (weight>7.5); yes @ destination")
    assert (no.value, no.size) == ("no", ("weight", 7.5))
    assert (yes.value, yes.is_for_service) == ("yes", True)
    assert list(conditions(None)) == list(conditions("no sign of one")) == []


def test_a_tag_for_one_direction_holds_in_that_direction():
    tags = {"maxspeed": "50", "maxspeed:forward": "30", "hgv:backward": "no"}
    assert seen_driving(tags, forwards=True) == {"maxspeed": "30"}
    assert seen_driving(tags, forwards=False) == {"maxspeed": "50", "hgv": "no"}


@pytest.mark.parametrize(
    ("tags", "van", "truck"),
    [
        ({}, "open", "open"),
        ({"access": "private"}, "closed", "closed"),
        ({"access": "no", "motor_vehicle": "yes"}, "open", "open"),
        ({"access": "no", "bus": "yes"}, "closed", "closed"),
        ({"hgv": "no"}, "open", "closed"),
        ({"hgv": "destination"}, "open", "destination"),
        ({"motor_vehicle": "destination"}, "destination", "destination"),
        ({"motor_vehicle": "delivery", "hgv": "no"}, "destination", "closed"),
        ({"hgv:conditional": "no @ (22:00-06:00)"}, "open", "closed"),
        (
            {"hgv": "no", "hgv:conditional": "delivery @ (06:00-10:00)"},
            *("open", "destination"),
        ),
        ({"hgv:conditional": "no @ (weight>7.5)"}, "open", "open"),
        ({"goods": "no"}, "closed", "closed"),
    ],
)
def test_the_most_specific_access_tag_decides(tags, van, truck):
    assert street_verdict(tags, "goods", "residential") == van
    assert street_verdict(tags, "hgv", "residential") == truck


@pytest.mark.parametrize("road_class", ["pedestrian", "track", "ferry"])
def test_some_streets_are_shut_unless_a_tag_opens_them(road_class):
    assert street_verdict({}, "hgv", road_class) == "closed"
    assert street_verdict({"motor_vehicle": "yes"}, "hgv", road_class) == "open"
    assert street_verdict({"vehicle": "delivery"}, "hgv", road_class) == "destination"


@pytest.mark.parametrize(
    ("tags", "verdict"),
    [
        ({}, "open"),
        ({"barrier": "bollard"}, "closed"),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, "open"),
        ({"barrier": "gate"}, "open"),
        ({"barrier": "gate", "locked": "yes"}, "closed"),
        ({"barrier": "gate", "access": "private"}, "closed"),
        ({"barrier": "something_new"}, "closed"),
    ],
)
def test_a_barrier_is_solid_unless_it_opens(tags, verdict):
    assert gate_verdict(tags, "hgv") == verdict


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({}, Limits()),
        ({"maxheight": "3.5", "maxheight:physical": "3.4"}, Limits(height_m=3.4)),
        ({"maxweight": "7.5", "maxaxleload": "5"}, Limits(weight_t=7.5, axle_t=5)),
        ({"maxweightrating:hgv": "12"}, Limits(weight_t=12)),
        ({"hgv:maxweight": "7.5"}, Limits(weight_t=7.5)),
        ({"hgv:conditional": "no @ (length>8)"}, Limits(length_m=8)),
        ({"access:conditional": "no @ (weight>=3.5)"}, Limits(weight_t=3.5)),
        ({"maxweight:conditional": "3.5 @ (22:00-06:00)"}, Limits(weight_t=3.5)),
        ({"maxweight": "7.5", "maxweight:conditional": "none @ delivery"}, Limits()),
    ],
)
def test_limits_are_the_least_that_any_tag_says(tags, found):
    assert limits(tags) == found


@pytest.mark.parametrize(
    ("tags", "car", "truck"),
    [
        ({}, inf, inf),
        ({"maxspeed": "50"}, 50, 50),
        ({"maxspeed": "80", "maxspeed:hgv": "60"}, 80, 60),
        ({"maxspeed": "FI:urban"}, 50, 50),
        ({"maxspeed": "DE:zone:30"}, 30, 30),
        ({"maxspeed": "walk"}, 7, 7),
        ({"maxspeed": "none"}, inf, inf),
        ({"maxspeed": "100", "maxspeed:conditional": "60 @ (weight>7.5)"}, 100, 60),
    ],
)
def test_signposted_speeds(tags, car, truck):
    assert (posted_kmh(tags)[0], posted_kmh(tags)[2]) == (car, truck)


def test_without_a_sign_the_countrys_law_holds():
    germany = country_rules("DE")
    assert default_kmh({}, "secondary", germany) == (100, 100, 60)
    assert default_kmh({"lit": "yes"}, "secondary", germany) == (50, 50, 50)
    assert default_kmh({}, "motorway", germany) == (130, 130, 80)
    assert default_kmh({}, "living_street", germany) == (7, 7, 7)
    assert default_kmh({"zone:traffic": "DE:rural"}, "residential", germany)[0] == 100


def test_countries_say_on_which_side_they_drive():
    assert not country_rules("GB").drives_on_right
    assert not country_rules("KE").drives_on_right
    assert country_rules("FI").drives_on_right
    assert country_rules("XX") is ANYWHERE


def test_the_ground_bounds_the_speed():
    assert surface_kmh({"surface": "asphalt"}) == inf
    assert surface_kmh({"surface": "gravel"}) == 30
    assert surface_kmh({"surface": "gravel", "smoothness": "very_bad"}) == 15
    assert surface_kmh({"smoothness": "horrible"}) == 0
    assert surface_kmh({"highway": "track", "tracktype": "grade5"}) == 8


@pytest.mark.parametrize(
    ("tags", "open_"),
    [
        ({"highway": "residential"}, (True, True)),
        ({"highway": "residential", "oneway": "yes"}, (True, False)),
        ({"highway": "residential", "oneway": "-1"}, (False, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "residential", "junction": "roundabout"}, (True, False)),
        ({"highway": "residential", "oneway": "reversible"}, (False, False)),
    ],
)
def test_directions(tags, open_):
    assert directions(tags, "hgv") == open_


def test_a_street_may_be_one_way_for_some_vehicles_only():
    tags = {"highway": "residential", "oneway": "no", "oneway:hgv": "yes"}
    assert directions(tags, "hgv") == (True, False)
    assert directions(tags, "goods") == (True, True)
    lane = {"highway": "service", "oneway:motor_vehicle": "-1"}
    assert directions(lane, "hgv") == directions(lane, "goods") == (False, True)


def test_what_no_vehicle_drives_on_is_no_road():
    assert road_class_of({"highway": "footway"}) is None
    assert road_class_of({"highway": "service", "area": "yes"}) is None
    assert road_class_of({"route": "ferry"}) == "ferry"


def test_a_ferrys_duration():
    assert duration_s({"duration": "20"}) == 1200
    assert duration_s({"duration": "01:30"}) == 5400
    assert duration_s({"duration": "00:00:45"}) == 45
    assert duration_s({"duration": "PT20M"}) is None
    assert duration_s({}) is None
