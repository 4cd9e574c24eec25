"""Rays from many points of a mesh's surface, for walls and for moulding."""

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

START_MM = 1e-3
SPACING_MM = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Samples:
    """Points on the surface: (n, 3) mm, and (n, 3) unit normals."""

    points_mm: Floats
    normals: Floats


def sample_surface(mesh: trimesh.Trimesh) -> Samples:
    """Take the middle of every triangle, cut until no edge exceeds the spacing."""
    vertices, faces = trimesh.remesh.subdivide_to_size(
        mesh.vertices, mesh.faces, SPACING_MM, max_iter=20
    )
    corners = vertices[faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    doubled = np.linalg.norm(across, axis=1)
    is_real = doubled > 1e-6  # noqa: PLR2004
    return Samples(
        points_mm=corners[is_real].mean(axis=1),
        normals=across[is_real] / doubled[is_real, None],
    )


def first_hits(
    mesh: trimesh.Trimesh, origins_mm: Floats, directions: Floats
) -> tuple[Ints, Floats, Ints]:
    """Cast (n, 3) rays; return which of them hit, how far (mm), and which triangles."""
    starts = origins_mm + START_MM * directions
    places, rays, triangles = mesh.ray.intersects_location(
        starts, directions, multiple_hits=False
    )
    away_mm = np.linalg.norm(places - origins_mm[rays], axis=1)
    return rays, away_mm, triangles
