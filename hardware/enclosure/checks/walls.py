"""How thick walls are, measured through the mesh.

From the middle of every small triangle a ray goes straight in; where it leaves the
material is the other face of the wall, if both enclose less than 65 degrees: at a
blunter edge there is no wall. A spot between two samples, 3 mm apart at most, may be
missed.
"""

from dataclasses import dataclass
from math import cos, radians

import numpy as np
import trimesh

from hardware.enclosure.checks.rays import Samples, first_hits

OPPOSITE = -cos(radians(65))
ROUNDING_MM = 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class Walls:
    """The thinnest wall of a part and where it is; `samples` faces were measured."""

    part: str
    thinnest_mm: float
    at_mm: tuple[float, float, float]
    samples: int
    least_mm: float

    @property
    def is_good(self) -> bool:
        """No wall is thinner than asked."""
        return self.thinnest_mm >= self.least_mm - ROUNDING_MM


def check_walls(
    name: str, mesh: trimesh.Trimesh, samples: Samples, least_mm: float
) -> Walls:
    """Measure all walls of a mesh."""
    rays, thick_mm, triangles = first_hits(mesh, samples.points_mm, -samples.normals)
    facing = np.einsum("ij,ij->i", samples.normals[rays], mesh.face_normals[triangles])
    is_wall = facing < OPPOSITE
    rays, thick_mm = rays[is_wall], thick_mm[is_wall]
    thinnest = int(np.argmin(thick_mm))
    x, y, z = (round(float(each), 2) for each in samples.points_mm[rays[thinnest]])
    return Walls(
        part=name,
        thinnest_mm=float(thick_mm[thinnest]),
        at_mm=(x, y, z),
        samples=len(thick_mm),
        least_mm=least_mm,
    )
