import json
import tomllib
from dataclasses import asdict, replace

import pytest
import trimesh
from build123d import import_step

from hardware.enclosure.assembly import MADE
from hardware.enclosure.build import Built, say, write_solids
from hardware.enclosure.dimensions import BOXES, DATA, load_dimensions
from hardware.enclosure.drawing import draw
from hardware.enclosure.mounts import make_lid_mount
from hardware.enclosure.tests.spoiling import only

# 12 solids, or 13 with the capacitor, less the pair of mounts.
PAIRS = {"cell_18650": 65, "cell_d": 77}
JOINED_PAIRS = {"cell_18650": 3, "cell_d": 4}
MASS_G = {"cell_18650": 250, "cell_d": 350}


@pytest.fixture
def box(dimensions):
    return BOXES[dimensions.capacitor is not None]


def test_nothing_overlaps_and_all_keep_a_millimetre_away(report, box):
    assert [each for each in report.fits if not each.is_good] == []
    assert len(report.fits) == PAIRS[box]
    apart = [each for each in report.fits if each.clearance_mm is not None]
    assert len(apart) == PAIRS[box] - JOINED_PAIRS[box]


def test_no_wall_is_thinner_than_2_mm(report):
    assert [each for each in report.walls if not each.is_good] == []
    assert {each.part for each in report.walls} == set(MADE)
    assert min(each.samples for each in report.walls) > 10_000


def test_body_and_cover_come_out_of_a_mould(report):
    assert [each for each in report.drafts if not each.is_good] == []


def test_meshes_are_closed_and_have_the_volume_of_their_solids(report):
    assert [each for each in report.meshes if not each.is_good] == []


def test_the_antenna_is_as_far_from_metal_as_its_maker_asks(report, dimensions):
    assert [each for each in report.antenna if not each.is_good] == []
    assert {each.first for each in report.antenna} > dimensions.cells.keys()


def test_a_device_under_a_lid_is_as_light_as_a_plate_of_plastic_holds(
    report, dimensions, box
):
    mass_g = {each.part: each.mass_g for each in report.meshes}
    printed_g = mass_g["body"] + mass_g["cover"] + mass_g["lid_mount"]
    cells_g = sum(each.mass_g for each in dimensions.cells.values())
    assert printed_g + cells_g < MASS_G[box]


def test_the_documentation_has_the_masses_that_were_measured(report):
    said = (f"{each.part} {each.mass_g:.0f} g" for each in report.meshes)
    masses = ", ".join(said).replace("_", " ")
    assert masses in (DATA.parent / "enclosure/README.md").read_text("utf-8")


def test_what_is_made_is_paid_by_its_mass(report, box):
    data = tomllib.loads((DATA.parent / "mechanics.toml").read_text("utf-8"))
    made = {each["part_number"]: each["price_eur"] for each in data["parts"]}
    rates = list(zip(*data["making"].values(), strict=True))
    for each in report.meshes:
        if f"{box}/{each.part}" in made:
            prices = [each.mass_g * by_mass + by_piece for by_mass, by_piece in rates]
            assert made[f"{box}/{each.part}"] == pytest.approx(prices, rel=0.02)
        else:
            assert (box, each.part) == (BOXES[1], "lid_mount")  # of the other box


def test_one_lid_mount_is_for_both_boxes():
    first, second = (make_lid_mount(load_dimensions(box=each)) for each in BOXES)
    assert first.volume == pytest.approx(second.volume)
    assert (first & second).volume == pytest.approx(first.volume)


@only(BOXES[1])
def test_the_files_hold_the_solids(assembly, tmp_path):
    write_solids(assembly, tmp_path)
    for name in MADE:
        volume_mm3 = assembly.solids[name].volume
        assert import_step(tmp_path / f"{name}.step").volume == pytest.approx(
            volume_mm3
        )
        mesh = trimesh.load_mesh(tmp_path / f"{name}.stl")
        assert mesh.is_watertight
        assert mesh.volume == pytest.approx(volume_mm3, rel=0.003)
    assert (tmp_path / "assembly.step").stat().st_size > 100_000


@only(BOXES[1])
def test_the_drawing_has_lines_of_four_views(assembly, tmp_path):
    draw(assembly, tmp_path / "drawing.svg")
    text = (tmp_path / "drawing.svg").read_text("utf-8")
    assert text.count("<line") + text.count("<path") > 500


def test_the_cord_is_pressed_by_a_quarter_and_fits_its_groove(dimensions):
    seal = dimensions.seal
    pressed = 1 - seal.groove_depth_mm / seal.cord_mm
    assert 0.15 <= pressed <= 0.30
    cord_mm2 = 3.1416 * seal.cord_mm**2 / 4
    assert cord_mm2 < seal.groove_width_mm * seal.groove_depth_mm


def test_the_report_can_be_written_and_a_fault_in_it_is_counted(report, capsys):
    (worse, *others) = report.fits
    spoilt = replace(report, fits=[replace(worse, overlap_mm3=50.0), *others])

    assert json.loads(json.dumps(asdict(report)))
    assert say(Built(boxes={"box": report}, outline=[])) == 0
    found = say(Built(boxes={"box": spoilt}, outline=["its outline is not closed"]))
    assert found == len(spoilt.faults()) + 1 > 1
    said = capsys.readouterr().err
    assert "box not good" in said
    assert "board outline not good: its outline is not closed" in said
