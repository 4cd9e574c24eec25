"""The bill of the box's materials holds what the enclosure asks for."""

import tomllib
from math import pi

import pytest

from hardware.enclosure.dimensions import BOXES, DATA, load_dimensions

PARTS = tomllib.loads((DATA.parent / "mechanics.toml").read_text("utf-8"))["parts"]
FIELDS = {
    "references",
    "what",
    "manufacturer",
    "part_number",
    "alternates",
    "lifecycle",
    "quantity",
    "unit",
    "price_eur",
    "price_source",
}


def bought(box, word):
    found = [
        each
        for each in PARTS
        if each.get("box", box) == box and each["what"].startswith(word)
    ]
    return sum(each["quantity"] for each in found)


@pytest.mark.parametrize("part", PARTS, ids=lambda each: each["references"][0])
def test_each_line_can_be_bought(part):
    assert part.keys() - {"box", "mount"} == FIELDS
    assert part.get("box", BOXES[0]) in BOXES
    assert part.get("mount", "lid") in {"lid", "wall"}
    assert part["unit"] in {"piece", "m"}
    assert part["alternates"]
    assert part["price_eur"] == sorted(part["price_eur"], reverse=True)
    assert len(part["price_eur"]) == 3
    assert "2026-11" in part["price_source"]


def test_references_are_unique():
    references = [name for each in PARTS for name in each["references"]]
    assert len(references) == len(set(references))


@pytest.mark.parametrize("box", BOXES)
def test_screws_and_inserts_are_as_many_as_holes(box):
    assert bought(box, "Screw M3") == 6
    assert bought(box, "Screw M2.5") == 4 + 2
    assert bought(box, "Screw M4") == bought(box, "Insert M4") == 4


@pytest.mark.parametrize("box", BOXES)
def test_the_cord_goes_once_around(box):
    d = load_dimensions(box=box)
    out_mm = d.seal.land_mm + d.seal.groove_width_mm / 2
    corner_mm = d.shell.corner_mm + out_mm
    sides_mm = 2 * (d.shell.length_mm + d.shell.width_mm + 4 * out_mm)
    around_mm = sides_mm - (8 - 2 * pi) * corner_mm
    cord_mm = 1000 * bought(box, "Silicone cord")
    assert around_mm <= cord_mm < around_mm + 10
