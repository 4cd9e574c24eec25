from dataclasses import replace
from math import cos, pi, sin

import pytest

from hardware.enclosure.board_outline import render_outline
from hardware.enclosure.checks.board_outline import find_faults, read_outline
from hardware.enclosure.dimensions import BOXES, load_dimensions


@pytest.fixture(scope="module")
def text():
    return render_outline(load_dimensions())


def test_the_outline_that_is_written_is_what_the_enclosure_holds(text, dimensions):
    assert find_faults(read_outline(text), dimensions.board) == []


def test_both_boxes_hold_the_same_board(text):
    assert [render_outline(load_dimensions(box=each)) for each in BOXES] == [text, text]


def test_below_each_hole_is_a_post_with_its_pilot(text, assembly):
    body, board = assembly.solids["body"], assembly.dimensions.board
    holes = read_outline(text).holes
    assert len(holes) == 4
    for x, y in (each.at_mm for each in holes):
        below = (x, y + board.y_mm, board.z_mm - 1)
        ring = [
            (x + 2.2 * cos(angle), below[1] + 2.2 * sin(angle), below[2])
            for angle in (0, pi / 2, pi, 3 * pi / 2)
        ]
        assert not body.is_inside(below)
        assert all(body.is_inside(each) for each in ring)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("(start 141 116)", "(start 141.5 116)", "the board is 82.5"),
        ("(start 141 116)", "(start 140.8 116)", "not closed"),
        ("(at 63 116)", "(at 63 115)", "holes and posts differ"),
        ("(at 63 116)", "(at 80 118)", "mm from the antenna"),
        ("(drill 2.7)", "(drill 3.2)", "a hole of 3.2 mm"),
        ('"In1.Cu" "In2.Cu" "B.Cu") (name', '"B.Cu") (name', "copper may be"),
        ("(vias not_allowed)", "(vias allowed)", "copper may be"),
        ("(xy 124 119)", "(xy 120 119)", "copper may be"),
        ('"F.Cu" "B.Cu") (name "beside', '"B.Cu") (name "beside', "parts may be"),
    ],
)
def test_an_outline_that_was_spoilt_is_found(text, old, new, fault):
    spoilt = text.replace(old, new)
    assert spoilt != text
    found = find_faults(read_outline(spoilt), load_dimensions().board)
    assert any(fault in each for each in found)


def test_an_antenna_that_was_moved_is_found(text):
    board = replace(load_dimensions().board, antenna_width_mm=30)
    assert len(find_faults(read_outline(text), board)) >= 3
