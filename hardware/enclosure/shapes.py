"""The few shapes that all solids are made of; moulded ones lean by the draft."""

from collections.abc import Iterable
from math import radians as rad
from math import tan

from build123d import (
    Align,
    Box,
    Circle,
    Cone,
    Cylinder,
    Part,
    Pos,
    Rectangle,
    RectangleRounded,
    Rot,
    Sketch,
    extrude,
)

Point = tuple[float, float]
BOTTOM = (Align.CENTER, Align.CENTER, Align.MIN)


def rounded(length_mm: float, width_mm: float, corner_mm: float) -> Sketch:
    """Draw a rectangle with round corners."""
    return RectangleRounded(length_mm, width_mm, corner_mm)


def with_ears(outline: Sketch, ears: Iterable[Point], radius_mm: float) -> Sketch:
    """Add a round ear at each point, joined to the outline along its nearer axis."""
    half_mm = outline.bounding_box().max.X
    for x, y in ears:
        sideways = abs(x) > half_mm
        root = (x * 0.7, y) if sideways else (x, y * 0.7)
        neck = (
            (abs(x) * 0.6, 2 * radius_mm) if sideways else (2 * radius_mm, abs(y) * 0.6)
        )
        outline = (
            outline + Pos(x, y) * Circle(radius_mm) + Pos(*root) * Rectangle(*neck)
        )
    return outline


def leaning(outline: Sketch, z_mm: float, height_mm: float, draft_deg: float) -> Part:
    """Extrude from `z_mm` by a signed height; the end is smaller by the draft."""
    return extrude(Pos(0, 0, z_mm) * outline, height_mm, taper=draft_deg)


def pin(
    at: Point, radius_mm: float, z_mm: float, height_mm: float, draft_deg: float
) -> Part:
    """Make a round pin from `z_mm` by a signed height; its end is smaller."""
    end_mm = radius_mm - abs(height_mm) * tan(rad(draft_deg))
    solid = Cone(radius_mm, end_mm, abs(height_mm), align=BOTTOM)
    turned = Rot(180, 0, 0) * solid if height_mm < 0 else solid
    return Pos(*at, z_mm) * turned


def block(centre: Point, size: Point, z_mm: float, height_mm: float) -> Part:
    """Make an upright box on `z_mm`."""
    return Pos(*centre, z_mm) * Box(*size, height_mm, align=BOTTOM)


def disc(at: Point, diameter_mm: float, z_mm: float, height_mm: float) -> Part:
    """Make an upright cylinder on `z_mm`."""
    return Pos(*at, z_mm) * Cylinder(diameter_mm / 2, height_mm, align=BOTTOM)


def rod(
    start: tuple[float, float, float], diameter_mm: float, length_mm: float
) -> Part:
    """Make a cylinder along x from its start."""
    return (
        Pos(*start) * Rot(0, 90, 0) * Cylinder(diameter_mm / 2, length_mm, align=BOTTOM)
    )


def corners(x_mm: float, y_mm: float) -> list[Point]:
    """List the four corners of a rectangle around the middle, by half its sides."""
    return [(x, y) for x in (-x_mm, x_mm) for y in (-y_mm, y_mm)]
