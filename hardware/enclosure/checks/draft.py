"""Whether a part comes out of a two-part mould that opens along z.

Every face must lean by the draft, and nothing may be in the way of the half of the
mould that frees it: rays from what looks up go up, from what looks down go down. Steep
faces are taken from the solid with their own normals, as a round face's triangles lean
a little otherwise; flat ones from the mesh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import asin, degrees, radians, sin

import numpy as np
import trimesh
from build123d import Face, Part
from numpy.typing import NDArray

from hardware.enclosure.checks.meshes import CHORD_MM
from hardware.enclosure.checks.rays import Floats, Samples, first_hits

Point = tuple[float, float, float]
# What a slide, or a drill after moulding, makes: its low and its high corner, mm.
Region = tuple[Point, Point]

ROUNDING_DEG = 0.02
STEEP_DEG = 10.0
ON_A_FACE = (0.05, 0.275, 0.5, 0.725, 0.95)
# The mesh leaves a round face by up to the chord: a hook must be deeper than that.
OFF_MM = 2 * CHORD_MM


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The least draft of a part and where; how many rays are barred, and where."""

    part: str
    least_deg: float
    at_mm: Point
    hooked: int
    hooked_at_mm: Point | None
    asked_deg: float

    @property
    def is_good(self) -> bool:
        """All faces lean enough, and both halves come off."""
        return self.least_deg >= self.asked_deg - ROUNDING_DEG and not self.hooked


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spot:
    """A point on a solid's face, and the face's own normal there."""

    at_mm: Point
    normal: Point

    @property
    def lean_deg(self) -> float:
        return degrees(asin(min(1.0, abs(self.normal[2]))))


def check_draft(
    name: str,
    part: Part,
    mesh: trimesh.Trimesh,
    samples: Samples,
    *,
    asked_deg: float,
    slides: tuple[Region, ...] = (),
) -> Draft:
    """Measure the draft of all faces but those that slides make."""
    steep = [spot for face in part.faces() for spot in _steep_spots(face, slides)]
    least = min(steep, key=lambda spot: spot.lean_deg)
    hooked_mm = _hooked_mm(mesh, _without_steep(samples, slides), steep)
    return Draft(
        part=name,
        least_deg=least.lean_deg,
        at_mm=_rounded(least.at_mm),
        hooked=len(hooked_mm),
        hooked_at_mm=_rounded(hooked_mm[0]) if len(hooked_mm) else None,
        asked_deg=asked_deg,
    )


def _steep_spots(face: Face, slides: tuple[Region, ...]) -> Iterator[_Spot]:
    for u, v in product(ON_A_FACE, ON_A_FACE):
        at = face.position_at(u, v)
        x, y, z = tuple(face.normal_at(u, v))
        is_steep = abs(z) < sin(radians(STEEP_DEG))
        is_slid = bool(_is_in(np.array([tuple(at)]), slides)[0])
        if is_steep and not is_slid and face.is_inside(at, 1e-4):
            yield _Spot(at_mm=(at.X, at.Y, at.Z), normal=(x, y, z))


def _is_in(points_mm: Floats, slides: tuple[Region, ...]) -> NDArray[np.bool_]:
    within = np.zeros(len(points_mm), dtype=bool)
    for low, high in slides:
        within |= ((points_mm >= low) & (points_mm <= high)).all(axis=1)
    return within


def _without_steep(samples: Samples, slides: tuple[Region, ...]) -> Samples:
    flat = np.abs(samples.normals[:, 2]) >= sin(radians(STEEP_DEG))
    flat &= ~_is_in(samples.points_mm, slides)
    return Samples(points_mm=samples.points_mm[flat], normals=samples.normals[flat])


def _hooked_mm(mesh: trimesh.Trimesh, flat: Samples, steep: list[_Spot]) -> list[Point]:
    """List the points whose way out of the mould is barred."""
    leaning = [each for each in steep if each.lean_deg > ROUNDING_DEG]
    points_mm = np.array([*flat.points_mm, *(each.at_mm for each in leaning)])
    normals = np.array([*flat.normals, *(each.normal for each in leaning)])
    away = np.zeros_like(normals)
    away[:, 2] = np.sign(normals[:, 2])
    rays, hit_mm, _ = first_hits(mesh, points_mm + OFF_MM * normals, away)
    barred = points_mm[rays[hit_mm > OFF_MM]]
    return [(float(x), float(y), float(z)) for x, y, z in barred]


def _rounded(at_mm: Point) -> Point:
    x, y, z = at_mm
    return round(x, 2), round(y, 2), round(z, 2)
