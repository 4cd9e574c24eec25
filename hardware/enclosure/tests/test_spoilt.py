"""Each check finds what was spoilt on purpose, and only there."""

import pytest
import trimesh
from build123d import Pos, Rot

from hardware.enclosure.body import make_body
from hardware.enclosure.checks.everything import measure_draft, measure_walls
from hardware.enclosure.checks.fits import check_antenna, check_fit
from hardware.enclosure.checks.meshes import check_mesh, mesh_of
from hardware.enclosure.cover import make_cover
from hardware.enclosure.dimensions import BOXES
from hardware.enclosure.shapes import block, leaning, rounded
from hardware.enclosure.tests.spoiling import make_part, only, spoil, with_part

pytestmark = only(BOXES[0])

PLACED = [
    ("a cell too long", "cell", {"length_mm": 80}, "cell", "body"),
    ("a cell too thick", "cell", {"diameter_mm": 21.7}, "cell", "body"),
    ("a cell too high", "cell", {"z_mm": 27.5}, "cell", "cover"),
    ("a cell over the board", "cell", {"y_mm": 15}, "cell", "board"),
    ("eyes farther apart", "sensor", {"eye_distance_mm": 40}, "sensor", "body"),
    ("thicker eyes", "sensor", {"eye_diameter_mm": 19.4}, "sensor", "body"),
    ("a sensor too long", "sensor", {"ear_length_mm": 92}, "sensor", "body"),
    ("a wide beam", "sensor", {"beam_angle_deg": 150}, "beam", "body"),
    ("a wider board", "board", {"width_mm": 46}, "board", "body"),
    ("a board too low", "board", {"z_mm": 15}, "board", "sensor"),
    ("a plug too high", "plug", {"height_mm": 18}, "plug", "cover"),
    ("cable below the cell", "slack", {"height_mm": 14}, "slack", "cell"),
    ("a gland into the corner", "port", {"gland_y_mm": 26}, "gland", "body"),
    ("a gland at the board", "port", {"gland_y_mm": 14}, "gland", "board"),
    (
        "a vent at the gland",
        "port",
        {"vent_outside_mm": 6, "nut_height_mm": 8},
        "vent",
        "gland",
    ),
]


@pytest.mark.parametrize(
    ("table", "changes", "part", "other"),
    [each[1:] for each in PLACED],
    ids=[each[0] for each in PLACED],
)
def test_what_does_not_fit_is_found(dimensions, assembly, table, changes, part, other):
    pair = next(each for each in assembly.pairs() if set(each) == {part, other})
    assert check_fit(assembly, *pair).is_good

    spoilt = make_part(part, spoil(dimensions, table, **changes))

    assert not check_fit(with_part(assembly, part, spoilt), *pair).is_good


def test_a_flipped_sensor_is_found(assembly):
    flipped = Pos(0, -22, 10) * Rot(180, 0, 0) * assembly.solids["sensor"]
    fit = check_fit(with_part(assembly, "sensor", flipped), "sensor", "body")
    assert fit.overlap_mm3 > 100


def test_mirrored_holes_are_found(dimensions, assembly):
    flipped = make_body(spoil(dimensions, "sensor", y_mm=11))
    fit = check_fit(with_part(assembly, "body", flipped), "sensor", "body")
    assert fit.overlap_mm3 > 100


def test_a_cover_that_is_too_near_the_wall_inside_is_found(dimensions, assembly):
    wide = make_cover(spoil(dimensions, "cell", y_mm=21.2))
    fit = check_fit(with_part(assembly, "cover", wide), "cover", "body")
    assert fit.overlap_mm3 == pytest.approx(0, abs=0.01)
    assert not fit.is_good


def test_a_mount_without_its_gap_is_found(assembly):
    low = Pos(0, 0, -6) * assembly.solids["lid_mount"]
    spoilt = with_part(assembly, "lid_mount", low)
    assert not check_fit(spoilt, "cover", "lid_mount").is_good


@pytest.mark.parametrize(
    ("table", "changes", "metal"),
    [
        ("cell", {"y_mm": 0}, "cell"),
        ("board", {"z_mm": 12}, "sensor's eyes"),
        ("board", {"screw_x_mm": 26}, "board's screws"),
        ("board", {"antenna_width_mm": 60}, "sensor's screws"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_metal_beside_the_antenna_is_found(dimensions, table, changes, metal):
    found = check_antenna(spoil(dimensions, table, **changes))
    assert metal in {each.first for each in found if not each.is_good}


THIN = [
    ("a wall of 1.2 mm", "shell", {"wall_mm": 1.2}),
    ("a deep label", "label", {"depth_mm": 1.6}),
    ("a groove beside the inside", "seal", {"land_mm": 1.2}),
    ("a groove beside a screw", "seal", {"groove_width_mm": 4.2}),
    ("a thin boss of the sensor", "screws", {"sensor_pilot_mm": 2.6}),
    ("a thin post of the board", "screws", {"board_post_radius_mm": 2.8}),
    ("a pilot through the rim", "screws", {"pilot_depth_mm": 9.2}),
    ("a thin baffle", "baffle", {"wall_mm": 1.5}),
    ("eyes that meet below", "baffle", {"flare_deg": 30}),
]


@pytest.mark.parametrize(
    ("table", "changes"), [each[1:] for each in THIN], ids=[each[0] for each in THIN]
)
def test_a_thin_wall_of_the_body_is_found(dimensions, table, changes):
    d = spoil(dimensions, table, **changes)
    walls = measure_walls("body", mesh_of(make_body(d)), d)
    assert not walls.is_good


def test_a_measured_wall_is_as_thick_as_it_was_made(dimensions):
    plate = mesh_of(block((0, 0), (80, 60), 0, 1.2))
    assert measure_walls("body", plate, dimensions).thinnest_mm == pytest.approx(1.2)


def test_upright_walls_are_found(dimensions, assembly):
    d = spoil(dimensions, "shell", draft_deg=0.5)
    body = make_body(d)
    draft = measure_draft(with_part(assembly, "body", body), "body", mesh_of(body))
    assert draft.least_deg == pytest.approx(0.5, abs=0.02)
    assert not draft.is_good


def test_a_hook_is_found(assembly):
    hooked = assembly.solids["body"] - block((-48, 0), (4, 20), 5, 10)
    draft = measure_draft(with_part(assembly, "body", hooked), "body", mesh_of(hooked))
    assert draft.hooked > 0


def test_a_block_that_grows_towards_its_end_is_found(assembly):
    growing = leaning(rounded(20, 20, 2), 40, 6, -2)
    cover = assembly.solids["cover"] + growing
    draft = measure_draft(with_part(assembly, "cover", cover), "cover", mesh_of(cover))
    assert draft.least_deg == pytest.approx(1, abs=0.02)
    assert draft.hooked > 0


def test_a_mesh_with_a_hole_is_found(assembly):
    cover = assembly.solids["cover"]
    mesh = mesh_of(cover)
    open_mesh = trimesh.Trimesh(mesh.vertices, mesh.faces[1:], process=False)
    assert not check_mesh("cover", cover, open_mesh, 1.07).is_good


def test_a_mesh_of_another_size_is_found(assembly):
    cover = assembly.solids["cover"]
    mesh = mesh_of(cover).apply_scale(1.01)
    assert not check_mesh("cover", cover, mesh, 1.07).is_good


def test_a_mesh_in_two_pieces_is_found(assembly):
    cover = assembly.solids["cover"]
    apart = mesh_of(cover) + mesh_of(block((200, 0), (1, 1), 0, 1))
    assert not check_mesh("cover", cover, apart, 1.07).is_good
