"""All checks of an assembly, in one report."""

from collections.abc import Iterator
from dataclasses import dataclass

import trimesh

from hardware.enclosure.assembly import MADE, MOULDED, Assembly
from hardware.enclosure.checks.draft import Draft, Region, check_draft
from hardware.enclosure.checks.fits import Fit, check_antenna, check_fits
from hardware.enclosure.checks.meshes import MeshReport, check_mesh, mesh_of
from hardware.enclosure.checks.rays import sample_surface
from hardware.enclosure.checks.walls import Walls, check_walls
from hardware.enclosure.dimensions import Dimensions

Finding = Fit | Walls | Draft | MeshReport


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What every check found."""

    fits: list[Fit]
    antenna: list[Fit]
    meshes: list[MeshReport]
    walls: list[Walls]
    drafts: list[Draft]

    def findings(self) -> Iterator[Finding]:
        """Go through all of them."""
        yield from (*self.fits, *self.antenna)
        yield from self.meshes
        yield from self.walls
        yield from self.drafts

    def faults(self) -> list[Finding]:
        """List those that are not good."""
        return [each for each in self.findings() if not each.is_good]


def check_everything(assembly: Assembly) -> Report:
    """Check solids, then meshes of what is made."""
    d = assembly.dimensions
    meshes = {name: mesh_of(assembly.solids[name]) for name in MADE}
    return Report(
        fits=check_fits(assembly),
        antenna=check_antenna(d),
        meshes=[_check_mesh(assembly, *each) for each in meshes.items()],
        walls=[measure_walls(name, mesh, d) for name, mesh in meshes.items()],
        drafts=[measure_draft(assembly, name, meshes[name]) for name in MOULDED],
    )


def _check_mesh(assembly: Assembly, name: str, mesh: trimesh.Trimesh) -> MeshReport:
    g_cm3 = assembly.dimensions.materials.asa_g_cm3
    return check_mesh(name, assembly.solids[name], mesh, g_cm3)


def measure_walls(name: str, mesh: trimesh.Trimesh, d: Dimensions) -> Walls:
    """Measure the walls of one part."""
    return check_walls(name, mesh, sample_surface(mesh), d.limits.wall_mm)


def measure_draft(assembly: Assembly, name: str, mesh: trimesh.Trimesh) -> Draft:
    """Measure the draft of one moulded part; a slide makes the gland's hole."""
    d = assembly.dimensions
    return check_draft(
        name,
        assembly.solids[name],
        mesh,
        sample_surface(mesh),
        asked_deg=d.limits.draft_deg,
        slides=(_slide(d),) if name == "body" else (),
    )


def _slide(d: Dimensions) -> Region:
    port, half_mm = d.port, d.port.hole_mm / 2 + 0.1
    outer_mm = -d.shell.length_mm / 2 - d.shell.wall_mm
    low = (outer_mm, port.gland_y_mm - half_mm, port.gland_z_mm - half_mm)
    inner_mm = outer_mm + d.shell.wall_mm + 1
    return low, (inner_mm, port.gland_y_mm + half_mm, port.gland_z_mm + half_mm)
