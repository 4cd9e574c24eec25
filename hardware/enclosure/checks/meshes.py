"""The mesh that is printed: closed, of the solid's volume, and what it weighs."""

from dataclasses import dataclass

import numpy as np
import trimesh
from build123d import Part

CHORD_MM = 0.05
ANGLE_RAD = 0.2
VOLUME_ERROR = 0.003


@dataclass(frozen=True, kw_only=True, slots=True)
class MeshReport:
    """What is known of one part's mesh; `mass_g` is of solid material."""

    part: str
    triangles: int
    is_watertight: bool
    bodies: int
    volume_cm3: float
    solid_volume_cm3: float
    mass_g: float

    @property
    def is_good(self) -> bool:
        """It is one closed body, and has lost no volume."""
        error = abs(self.volume_cm3 - self.solid_volume_cm3) / self.solid_volume_cm3
        return self.is_watertight and self.bodies == 1 and error <= VOLUME_ERROR


def mesh_of(part: Part) -> trimesh.Trimesh:
    """Triangulate a solid; faces share the vertices of their edges."""
    vertices, triangles = part.tessellate(CHORD_MM, ANGLE_RAD)
    points = np.array([tuple(each) for each in vertices])
    mesh = trimesh.Trimesh(points, np.array(triangles), process=False)
    mesh.merge_vertices(digits_vertex=5)
    # Only those that lost a corner by merging: a sliver left out would be a hole.
    first, second, third = mesh.faces.T
    mesh.update_faces((first != second) & (second != third) & (third != first))
    return mesh


def check_mesh(
    name: str, part: Part, mesh: trimesh.Trimesh, g_cm3: float
) -> MeshReport:
    """Compare a mesh with the solid that it was made of."""
    volume_cm3 = float(mesh.volume) / 1000
    return MeshReport(
        part=name,
        triangles=len(mesh.faces),
        is_watertight=bool(mesh.is_watertight and mesh.is_winding_consistent),
        bodies=int(mesh.body_count),
        volume_cm3=volume_cm3,
        solid_volume_cm3=float(part.volume) / 1000,
        mass_g=volume_cm3 * g_cm3,
    )
