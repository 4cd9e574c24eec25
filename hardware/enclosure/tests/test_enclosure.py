import json

import pytest
import trimesh
from build123d import import_step

from hardware.enclosure.assembly import MADE
from hardware.enclosure.build import write_solids
from hardware.enclosure.drawing import draw


def test_nothing_overlaps_and_all_keep_a_millimetre_away(report):
    assert [each for each in report.fits if not each.is_good] == []
    assert len(report.fits) == 65  # 12 solids, less the pair of mounts
    apart = [each for each in report.fits if each.clearance_mm is not None]
    assert len(apart) == 62


def test_no_wall_is_thinner_than_2_mm(report):
    assert [each for each in report.walls if not each.is_good] == []
    assert {each.part for each in report.walls} == set(MADE)
    assert min(each.samples for each in report.walls) > 10_000


def test_body_and_cover_come_out_of_a_mould(report):
    assert [each for each in report.drafts if not each.is_good] == []


def test_meshes_are_closed_and_have_the_volume_of_their_solids(report):
    assert [each for each in report.meshes if not each.is_good] == []


def test_the_antenna_is_as_far_from_the_cell_as_its_maker_asks(report):
    assert report.antenna.is_good


def test_a_device_weighs_less_than_300_g_under_a_lid(report, dimensions):
    mass_g = {each.part: each.mass_g for each in report.meshes}
    printed_g = mass_g["body"] + mass_g["cover"] + mass_g["lid_mount"]
    assert printed_g + dimensions.materials.cell_g < 300


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


def test_the_report_can_be_written(report):
    facts = [each.is_good for each in report.findings()]
    assert json.dumps(facts) == json.dumps([True] * len(facts))
