from dataclasses import replace
from math import radians, tan
from pathlib import Path

import pytest

from hardware.enclosure.dimensions import load_dimensions
from hardware.enclosure.fit import (
    Container,
    Place,
    fit,
    list_places,
    load_containers,
    render_table,
)

DIMENSIONS = load_dimensions()
EYES_MM = (34 + 12.6) / 2
MIDDLE = Place(name="middle", face_depth_mm=50, y_mm=0)
README = Path(__file__).parents[2] / "hardware/enclosure/README.md"


def straight(length_mm, width_mm, depth_mm=2000, *, is_round=False):
    sections_mm = [[0, length_mm, width_mm], [depth_mm, length_mm, width_mm]]
    return Container(name="", volume_l=1, is_round=is_round, sections_mm=sections_mm)


def with_beam(angle_deg):
    sensor = replace(DIMENSIONS.sensor, beam_angle_deg=angle_deg)
    return replace(DIMENSIONS, sensor=sensor)


@pytest.mark.parametrize("is_round", [False, True])
def test_the_cone_meets_a_straight_wall_where_it_is_as_wide(is_round):
    found = fit(straight(800, 800, is_round=is_round), MIDDLE, DIMENSIONS)
    depth_mm = 50 + (400 - EYES_MM) / tan(radians(30))
    assert found.wall_depth_mm == pytest.approx(depth_mm, abs=5)


def test_the_nearer_wall_is_the_one_that_is_met():
    wide = fit(straight(1600, 800), MIDDLE, DIMENSIONS)
    assert wide == replace(
        fit(straight(800, 800), MIDDLE, DIMENSIONS), container=wide.container
    )


@pytest.mark.parametrize("is_round", [False, True])
def test_off_the_middle_the_wall_is_met_earlier(is_round):
    container = straight(800, 800, is_round=is_round)
    aside = Place(name="aside", face_depth_mm=50, y_mm=200)
    found = fit(container, aside, DIMENSIONS)
    depth_mm = 50 + (200 - EYES_MM) / tan(radians(30))
    assert found.wall_depth_mm == pytest.approx(depth_mm, abs=5)


@pytest.mark.parametrize("container", load_containers(), ids=lambda each: each.name)
def test_a_cone_as_narrow_as_said_reaches_the_bottom_and_a_wider_one_does_not(
    container,
):
    for place in list_places(container, DIMENSIONS)[:2]:
        free_deg = fit(container, place, DIMENSIONS).free_angle_deg
        narrow = fit(container, place, with_beam(free_deg - 0.1))
        wide = fit(container, place, with_beam(free_deg + 0.1))
        assert narrow.wall_depth_mm is None
        assert wide.wall_depth_mm is not None


@pytest.mark.parametrize("container", load_containers(), ids=lambda each: each.name)
def test_a_container_of_the_table_holds_what_it_is_called_by(container):
    assert container.room_l() == pytest.approx(container.volume_l, rel=0.05)


@pytest.mark.parametrize("container", load_containers(), ids=lambda each: each.name)
def test_nowhere_is_better_than_the_middle_of_the_lid(container):
    fits = [
        fit(container, each, DIMENSIONS) for each in list_places(container, DIMENSIONS)
    ]
    assert max(fits, key=lambda each: each.free_angle_deg).place.name == "lid, middle"
    assert all(each.is_in_range for each in fits)


def test_a_container_deeper_than_the_sensor_reaches_is_found():
    assert not fit(straight(1400, 1400, 4600), MIDDLE, DIMENSIONS).is_in_range


def test_the_documentation_has_the_table_that_is_computed():
    assert render_table(DIMENSIONS) in README.read_text("utf-8")
