"""The body: a cup with a rim; sensor, board and cell in it, eyes through its floor."""

from math import radians, tan

from build123d import Cone, Part, Pos, Rot, Sketch

from hardware.enclosure.dimensions import Cell, Dimensions, Shell
from hardware.enclosure.keep_ins import eyes
from hardware.enclosure.shapes import (
    BOTTOM,
    Point,
    corners,
    leaning,
    pin,
    rod,
    rounded,
    with_ears,
)

THROUGH_MM = 1.0
# The two ribs below and above a cell, to both sides of its middle.
RIBS_X_MM = (-24.0, 24.0)
# Where those below end, and what is left of them beside the saddle.
BELOW_AXIS_MM, BESIDE_SADDLE_MM = 5.0, 2.3


def make_body(d: Dimensions) -> Part:
    """Make it: what is added first, then what is cut."""
    solid = _make_cup(d.shell)
    solid += [_make_rim(d), _make_baffle(d)]
    solid -= _make_inside(d.shell)
    solid += [_make_posts(d), _make_cradle(d)]
    cuts = (_cut_eyes, _cut_groove, _cut_screws, _cut_ports, _cut_label)
    # All at once: one after the other takes half as long again.
    return solid - [cut(d) for cut in cuts]


def outline(shell: Shell, out_mm: float) -> Sketch:
    """Draw the inside's outline at the rim, made larger by `out_mm`."""
    sides = (shell.length_mm + 2 * out_mm, shell.width_mm + 2 * out_mm)
    return rounded(*sides, shell.corner_mm + out_mm)


def cover_screws(d: Dimensions) -> list[Point]:
    """Say where the cover's six screws are, all outside the seal."""
    x_mm = d.shell.length_mm / 2 + d.screws.cover_out_mm
    y_mm = d.shell.width_mm / 2 + d.screws.cover_out_mm
    return [*corners(d.screws.cover_x_mm, y_mm), (-x_mm, 0.0), (x_mm, 0.0)]


def mount_screws(d: Dimensions) -> list[Point]:
    """Say where the four screws are that hold the body to a mount."""
    x_mm = d.shell.length_mm / 2 + d.screws.mount_out_mm
    return corners(x_mm, d.screws.mount_y_mm)


def rim_outline(d: Dimensions) -> Sketch:
    """Draw the rim with the ears of the cover's screws: the cover's outline too."""
    rim = outline(d.shell, d.shell.rim_width_mm)
    return with_ears(rim, cover_screws(d), d.screws.cover_ear_radius_mm)


def _make_cup(shell: Shell) -> Part:
    height_mm = shell.height_mm + shell.wall_mm
    cup = outline(shell, shell.wall_mm)
    return leaning(cup, shell.height_mm, -height_mm, shell.draft_deg)


def _make_inside(shell: Shell) -> Part:
    return leaning(
        outline(shell, 0), shell.height_mm, -shell.height_mm, shell.draft_deg
    )


def _make_rim(d: Dimensions) -> Part:
    shell = d.shell
    ears = with_ears(rim_outline(d), mount_screws(d), d.screws.mount_ear_radius_mm)
    return leaning(ears, shell.height_mm, -shell.rim_height_mm, shell.draft_deg)


def _make_baffle(d: Dimensions) -> Part:
    deep_mm = d.shell.wall_mm + d.baffle.height_mm
    flare_mm = d.baffle.bore_mm / 2 + deep_mm * tan(radians(d.baffle.flare_deg))
    # Its outside leans too: the wall is what is left at the lower edge, or more.
    spread_mm = d.baffle.wall_mm + deep_mm * tan(radians(d.shell.draft_deg))
    radius_mm = flare_mm + spread_mm
    block_outline = rounded(
        d.sensor.eye_distance_mm + 2 * radius_mm, 2 * radius_mm, radius_mm - 0.5
    )
    at = Pos(0, d.sensor.y_mm)
    return leaning(at * block_outline, 0, -deep_mm, d.shell.draft_deg)


def _make_posts(d: Dimensions) -> Part:
    x_mm = d.sensor.screw_distance_mm / 2
    bosses = [
        _post((x, d.sensor.y_mm), d.screws.sensor_boss_radius_mm, d.sensor.ear_z_mm, d)
        for x in (-x_mm, x_mm)
    ]
    posts = [
        _post((x, y + d.board.y_mm), d.screws.board_post_radius_mm, d.board.z_mm, d)
        for x, y in corners(d.board.screw_x_mm, d.board.screw_y_mm)
    ]
    return Part() + bosses + posts


def _post(at: Point, top_radius_mm: float, height_mm: float, d: Dimensions) -> Part:
    foot_mm = top_radius_mm + height_mm * tan(radians(d.shell.draft_deg))
    return pin(at, foot_mm, 0, height_mm, d.shell.draft_deg)


def _make_cradle(d: Dimensions) -> Part:
    """Make two ribs with a saddle for each: they end below its axis, nothing hooks."""
    # Into the wall: a slit beside it could not be moulded.
    wall_mm = (d.shell.width_mm + d.shell.wall_mm) / 2
    ribs = _make_saddle_ribs(d, d.cell, wall_mm)
    if d.capacitor is not None:
        # Not beyond its middle: there the cell holds it.
        ribs += _make_saddle_ribs(d, d.capacitor, d.capacitor.y_mm)
    return Part() + ribs - saddles(d)


def saddles(d: Dimensions) -> list[Part]:
    """Make what is cut out of ribs: each cell with its foam."""
    return [
        rod((each.x_mm - each.length_mm / 2, each.y_mm, each.z_mm), *size)
        for each in d.cells.values()
        for size in [(each.saddle_mm, each.length_mm)]
    ]


def _make_saddle_ribs(d: Dimensions, cell: Cell, far_mm: float) -> list[Part]:
    draft_deg = d.shell.draft_deg
    top_mm = cell.z_mm - BELOW_AXIS_MM
    foot_mm = 2 * top_mm * tan(radians(draft_deg))
    half_mm = ((cell.saddle_mm / 2) ** 2 - BELOW_AXIS_MM**2) ** 0.5
    near_mm = cell.y_mm - half_mm - BESIDE_SADDLE_MM - foot_mm / 2
    rib = rounded(d.shell.rib_mm + foot_mm, far_mm - near_mm, 1)
    return [
        leaning(Pos(cell.x_mm + x, (near_mm + far_mm) / 2) * rib, 0, top_mm, draft_deg)
        for x in RIBS_X_MM
    ]


def _cut_eyes(d: Dimensions) -> Part:
    deep_mm = d.shell.wall_mm + d.baffle.height_mm + 2 * THROUGH_MM
    slope = tan(radians(d.baffle.flare_deg))
    narrow_mm = d.baffle.bore_mm / 2 - THROUGH_MM * slope
    cone = Cone(narrow_mm, narrow_mm + deep_mm * slope, deep_mm, align=BOTTOM)
    flare = Rot(180, 0, 0) * cone
    return Part() + [Pos(*eye, THROUGH_MM) * flare for eye in eyes(d.sensor)]


def _cut_groove(d: Dimensions) -> Part:
    seal, shell = d.seal, d.shell
    outer = outline(shell, seal.land_mm + seal.groove_width_mm)
    deep_mm = -seal.groove_depth_mm
    groove = leaning(outer, shell.height_mm, deep_mm, shell.draft_deg)
    island = outline(shell, seal.land_mm)
    return groove - leaning(island, shell.height_mm, deep_mm, -shell.draft_deg)


def _cut_screws(d: Dimensions) -> Part:
    shell, screws, draft_deg = d.shell, d.screws, d.shell.draft_deg
    holes = [
        pin(
            at,
            screws.cover_pilot_mm / 2,
            shell.height_mm,
            -screws.pilot_depth_mm,
            draft_deg,
        )
        for at in cover_screws(d)
    ]
    through_mm = shell.rim_height_mm + THROUGH_MM
    holes += [
        pin(at, screws.mount_hole_mm / 2, shell.height_mm, -through_mm, draft_deg)
        for at in mount_screws(d)
    ]
    x_mm = d.sensor.screw_distance_mm / 2
    holes += [
        pin(
            (x, d.sensor.y_mm),
            screws.sensor_pilot_mm / 2,
            d.sensor.ear_z_mm,
            -screws.pilot_depth_mm,
            draft_deg,
        )
        for x in (-x_mm, x_mm)
    ]
    holes += [
        pin(
            (x, y + d.board.y_mm),
            screws.board_pilot_mm / 2,
            d.board.z_mm,
            -screws.pilot_depth_mm,
            draft_deg,
        )
        for x, y in corners(d.board.screw_x_mm, d.board.screw_y_mm)
    ]
    return Part() + holes


def _cut_ports(d: Dimensions) -> Part:
    port, shell = d.port, d.shell
    start_mm = -shell.length_mm / 2 - shell.wall_mm - THROUGH_MM
    gland = rod(
        (start_mm, port.gland_y_mm, port.gland_z_mm), port.hole_mm, shell.wall_mm + 3
    )
    at, deep_mm = (port.vent_x_mm, port.vent_y_mm), shell.wall_mm + 2 * THROUGH_MM
    return gland + pin(
        at, port.hole_mm / 2 + 0.05, THROUGH_MM, -deep_mm, shell.draft_deg
    )


def _cut_label(d: Dimensions) -> Part:
    label, shell = d.label, d.shell
    recess = Pos(label.x_mm, label.y_mm) * rounded(label.length_mm, label.width_mm, 2)
    return leaning(recess, -shell.wall_mm, label.depth_mm, shell.draft_deg)
