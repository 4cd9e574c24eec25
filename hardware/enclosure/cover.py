"""The cover: closes the body from above, presses the seal, and holds the cell down."""

from math import radians, tan

from build123d import Part, Pos

from hardware.enclosure.body import cover_screws, rim_outline
from hardware.enclosure.dimensions import Dimensions
from hardware.enclosure.shapes import leaning, pin, rod, rounded


def make_cover(d: Dimensions) -> Part:
    """Make it: a plate with the rim's outline, two ribs down to the cell, six holes."""
    shell = d.shell
    plate = leaning(rim_outline(d), shell.height_mm, shell.cover_mm, shell.draft_deg)
    return plate + _make_ribs(d) - _cut_screws(d)


def _make_ribs(d: Dimensions) -> Part:
    cell, shell = d.cell, d.shell
    deep_mm = shell.height_mm - cell.z_mm - 6
    foot_mm = 2 * deep_mm * tan(radians(shell.draft_deg))
    saddle_mm = cell.diameter_mm + 2 * cell.foam_mm
    sides = rounded(shell.rib_mm + foot_mm, saddle_mm + 1.4 + foot_mm, 1)
    start = (cell.x_mm - cell.length_mm / 2, cell.y_mm, cell.z_mm)
    ribs = [
        leaning(
            Pos(cell.x_mm + x, cell.y_mm) * sides,
            shell.height_mm,
            -deep_mm,
            shell.draft_deg,
        )
        for x in (-24, 24)
    ]
    return Part() + ribs - rod(start, saddle_mm, cell.length_mm)


def _cut_screws(d: Dimensions) -> Part:
    top_mm = d.shell.height_mm + d.shell.cover_mm
    radius_mm, deep_mm = d.screws.cover_hole_mm / 2, -(d.shell.cover_mm + 1)
    return Part() + [
        pin(at, radius_mm, top_mm, deep_mm, d.shell.draft_deg) for at in cover_screws(d)
    ]
