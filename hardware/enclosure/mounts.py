"""The two mounts: a plate under a container's lid, and one with a leg at its wall."""

from build123d import Part, Plane, Polyline, Pos, Rot, extrude, make_face

from hardware.enclosure.body import mount_screws
from hardware.enclosure.dimensions import Dimensions
from hardware.enclosure.shapes import block, corners, disc


def make_lid_mount(d: Dimensions) -> Part:
    """Make the plate; the lid's fixings go through it beside the cover."""
    mount, low_mm = d.mount, _plate_mm(d)
    plate = _make_plate(d, _half_width_mm(d))
    for at in corners(mount.fixing_x_mm, mount.fixing_y_mm):
        plate -= disc(at, mount.fixing_mm, low_mm - 1, mount.plate_mm + 2)
    return plate


def make_wall_mount(d: Dimensions) -> Part:
    """Make the plate with a leg upwards at +y, away from the eyes, and two gussets."""
    mount, top_mm = d.mount, _plate_mm(d) + d.mount.plate_mm
    inner_mm = mount.wall_y_mm - mount.plate_mm
    half_mm = _half_length_mm(d)
    leg_y_mm = inner_mm + mount.plate_mm / 2
    height_mm = mount.wall_height_mm + mount.plate_mm
    leg = block((0, leg_y_mm), (2 * half_mm, mount.plate_mm), _plate_mm(d), height_mm)
    solid = _make_plate(d, mount.wall_y_mm) + leg + _make_gussets(d, inner_mm, top_mm)
    for x, z in corners(mount.fixing_x_mm, mount.fixing_y_mm):
        hole = disc((0, 0), mount.fixing_mm, -5, 10)
        centre_mm = top_mm + mount.wall_height_mm / 2 + z
        solid -= Pos(x, leg_y_mm, centre_mm) * Rot(90, 0, 0) * hole
    return solid


def _plate_mm(d: Dimensions) -> float:
    """Say where the plate's underside is: above the cover by the gap."""
    return d.shell.height_mm + d.shell.cover_mm + d.mount.gap_mm


def _half_length_mm(d: Dimensions) -> float:
    return mount_screws(d)[-1][0] + d.mount.boss_radius_mm


def _half_width_mm(d: Dimensions) -> float:
    return d.screws.mount_y_mm + d.mount.boss_radius_mm


def _make_plate(d: Dimensions, reach_mm: float) -> Part:
    mount, low_mm = d.mount, _plate_mm(d)
    near_mm = -_half_width_mm(d)
    centre = (0.0, (reach_mm + near_mm) / 2)
    sides = (2 * _half_length_mm(d), reach_mm - near_mm)
    plate = block(centre, sides, low_mm, mount.plate_mm)
    boss_mm = low_mm - d.shell.height_mm
    for at in mount_screws(d):
        plate += disc(at, 2 * mount.boss_radius_mm, d.shell.height_mm, boss_mm)
    for at in mount_screws(d):
        deep_mm = boss_mm + mount.plate_mm + 2
        plate -= disc(at, mount.insert_mm, d.shell.height_mm - 1, deep_mm)
    return plate


def _make_gussets(d: Dimensions, inner_mm: float, top_mm: float) -> Part:
    size_mm = d.mount.wall_height_mm * 0.6
    corner = [
        (inner_mm, top_mm),
        (inner_mm - size_mm, top_mm),
        (inner_mm, top_mm + size_mm),
    ]
    face = make_face(Plane.YZ * Polyline(*corner, close=True))
    gusset = extrude(face, d.mount.gusset_mm)
    return Part() + [Pos(x, 0, 0) * gusset for x in (-d.mount.gusset_mm / 2 - 25, 25)]
