"""The cover: closes the body from above, presses the seal, and holds the cell down."""

from math import radians, tan

from build123d import Part, Pos

from hardware.enclosure.body import RIBS_X_MM, cover_screws, rim_outline, saddles
from hardware.enclosure.dimensions import Cell, Dimensions
from hardware.enclosure.shapes import leaning, pin, rounded


def make_cover(d: Dimensions) -> Part:
    """Make it: a plate with the rim's outline, ribs down to what lies, six holes."""
    shell = d.shell
    plate = leaning(rim_outline(d), shell.height_mm, shell.cover_mm, shell.draft_deg)
    return plate + _make_ribs(d) - _cut_screws(d)


def _make_ribs(d: Dimensions) -> Part:
    ribs = [rib for cell in d.cells.values() for rib in _make_cell_ribs(d, cell)]
    return Part() + ribs - saddles(d)


def _make_cell_ribs(d: Dimensions, cell: Cell) -> list[Part]:
    """Make two ribs that reach down beside a cell, but not to its axis."""
    shell = d.shell
    deep_mm = shell.height_mm - cell.z_mm - 0.3 * cell.saddle_mm
    foot_mm = 2 * deep_mm * tan(radians(shell.draft_deg))
    sides = rounded(shell.rib_mm + foot_mm, cell.saddle_mm + 1.4 + foot_mm, 1)
    return [
        leaning(
            Pos(cell.x_mm + x, cell.y_mm) * sides,
            shell.height_mm,
            -deep_mm,
            shell.draft_deg,
        )
        for x in RIBS_X_MM
    ]


def _cut_screws(d: Dimensions) -> Part:
    top_mm = d.shell.height_mm + d.shell.cover_mm
    radius_mm, deep_mm = d.screws.cover_hole_mm / 2, -(d.shell.cover_mm + 1)
    return Part() + [
        pin(at, radius_mm, top_mm, deep_mm, d.shell.draft_deg) for at in cover_screws(d)
    ]
