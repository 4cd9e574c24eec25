"""The files that a build leaves: drawings, bill of materials."""

import csv
import re
from pathlib import Path

import pytest

from hardware.bom.write import HEAD
from hardware.build import build_device, folder_of
from hardware.design.parts import Place
from hardware.design.placed import FOLDER, load_sources, place

DOCS = FOLDER.parent / "docs"
PICTURED = ("esp32", "li_ion")


@pytest.fixture(scope="module")
def device():
    module, battery = PICTURED
    return place(load_sources(), module=module, battery=battery)


@pytest.fixture(scope="module")
def out(device, tmp_path_factory) -> Path:
    out: Path = tmp_path_factory.mktemp("hardware") / folder_of(device)
    assert build_device(device, out) == []
    return out


def test_a_device_has_a_folder_of_its_own(out):
    assert out.name == "esp32-li_ion"
    assert sorted(each.name for each in out.iterdir()) == [
        "board.net",
        "bom.csv",
        "bom.md",
        "costs_eur.json",
        "harness.bom.tsv",
        "harness.svg",
        "schematic",
    ]


def test_the_schematic_shows_every_part_of_the_board(device, out):
    drawn = "".join(each.read_text("utf-8") for each in (out / "schematic").iterdir())

    for name, part in device.parts.items():
        if part.place is Place.BOARD:
            assert f">{name}" in drawn


def test_the_harness_shows_every_wire_and_the_modules_pin_behind_it(device, out):
    drawn = (out / "harness.svg").read_text("utf-8")

    assert all(cable.name in drawn for cable in device.cables)
    assert "TX (IO16)" in drawn


def test_the_bill_has_each_part_once_and_its_rows_are_whole(device, out):
    with (out / "bom.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)

    bought = {name for name, part in device.parts.items() if not part.is_copper}
    listed = [name for row in rows for name in row[0].split(" ")]
    assert tuple(head) == HEAD
    assert {len(row) for row in rows} == {len(HEAD)}
    assert bought <= set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("sheet", ["power", "module", "sensors"])
def test_the_pictures_in_the_docs_are_those_of_this_board(out, sheet):
    drawn = (out / "schematic" / f"{sheet}.svg").read_text("utf-8")

    assert (DOCS / f"schematic-{sheet}.svg").read_text("utf-8") == drawn


def test_the_harness_in_the_docs_is_that_of_this_board(out):
    drawn, committed = (
        sorted(re.findall(r">([^<>]+)</text>", path.read_text("utf-8")))
        for path in (out / "harness.svg", DOCS / "harness.svg")
    )

    # Where a word stands is up to the fonts of whoever draws it.
    assert committed == drawn
