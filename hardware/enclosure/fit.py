"""Whether the sensor's cone fits into a container, and so where to mount the device.

Usage: python hardware/enclosure/fit.py  (writes a table)

The cone is taken as wide as the sensor's sheet says, from the outer edges of its eyes.
A smooth wall that it only grazes gives no echo; a seam, a rib or a hinge below that
depth may. What is measured there is a *fixed false echo* until the surface is above it.
"""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan, cos, degrees, inf, pi, radians, sin, tan
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # when run as a script

from hardware.enclosure.dimensions import DATA, Dimensions, load_dimensions

STEP_MM = 5
HEADINGS = (
    "container",
    "device",
    "cone meets a wall at",
    "of its depth",
    "free of walls is a cone of",
    "highest surface measured",
)
AROUND = [2 * pi * each / 36 for each in range(36)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Container:
    """A container's inside: (depth, length, width) in mm, straight in between."""

    name: str
    volume_l: float
    is_round: bool
    sections_mm: list[list[float]]

    @property
    def depth_mm(self) -> float:
        """How deep it is below its lid."""
        return self.sections_mm[-1][0]

    def half_mm(self, depth_mm: float) -> tuple[float, float]:
        """Say half its length and half its width at a depth."""
        for (top, *above), (low, *below) in zip(
            self.sections_mm, self.sections_mm[1:], strict=False
        ):
            if depth_mm <= low:
                share = (depth_mm - top) / (low - top)
                long_mm, wide_mm = (
                    a + share * (b - a) for a, b in zip(above, below, strict=True)
                )
                return long_mm / 2, wide_mm / 2
        return 0.0, 0.0

    def room_l(self) -> float:
        """Add up its volume in slices."""
        share = pi if self.is_round else 4.0
        areas = (
            self.half_mm(depth + STEP_MM / 2)
            for depth in range(0, int(self.depth_mm), STEP_MM)
        )
        return sum(share * x * y * STEP_MM for x, y in areas) / 1e6

    def reach_mm(self, depth_mm: float, y_mm: float, angle: float) -> float:
        """Say how far the wall is at a depth, from a point `y_mm` off the middle."""
        half_x, half_y = self.half_mm(depth_mm)
        x, y = cos(angle), sin(angle)
        if not self.is_round:
            aside = (half_y - y_mm) / y if y > 0 else (half_y + y_mm) / -y if y else inf
            return min(half_x / abs(x) if x else inf, aside)
        # Of a circle: |(t x, y_mm + t y)| = r.
        inside = half_y**2 - (y_mm * x) ** 2
        return -y_mm * y + inside**0.5 if inside >= 0 else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the sensor's faces are: below the lid, off the middle along the width."""

    name: str
    face_depth_mm: float
    y_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FitInContainer:
    """What the cone meets, all in mm below the lid.

    `wall_depth_mm` is None if the cone reaches the bottom first; `free_angle_deg` is
    the whole angle of the widest cone that does; `fullest_mm` is the highest surface
    that the sensor measures, below its blind zone.
    """

    container: Container
    place: Place
    wall_depth_mm: float | None
    free_angle_deg: float
    fullest_mm: float
    is_in_range: bool


def load_containers() -> list[Container]:
    """Read the containers of `enclosure.toml`."""
    tables = tomllib.loads(DATA.read_text("utf-8"))["containers"]
    return [Container(**each) for each in tables]


def list_places(container: Container, d: Dimensions) -> list[Place]:
    """List the places that are compared: under the lid, and at the long wall."""
    under_mm = d.mount.plate_mm + d.mount.gap_mm + d.shell.cover_mm + d.shell.height_mm
    face_mm = under_mm - d.sensor.face_z_mm
    at_wall_mm = face_mm + d.mount.wall_height_mm
    half_mm = container.half_mm(face_mm)[1]
    from_wall_mm = d.mount.wall_y_mm - d.sensor.y_mm
    beside_mm = container.half_mm(at_wall_mm)[1] - from_wall_mm
    return [
        Place(name="lid, middle", face_depth_mm=face_mm, y_mm=0),
        Place(
            name="lid, half-way to the wall", face_depth_mm=face_mm, y_mm=half_mm / 2
        ),
        Place(name="wall", face_depth_mm=at_wall_mm, y_mm=beside_mm),
    ]


def fit(container: Container, place: Place, d: Dimensions) -> FitInContainer:
    """Follow the cone down until it meets a wall."""
    eyes_mm = (d.sensor.eye_distance_mm + d.sensor.face_diameter_mm) / 2
    slope = tan(radians(d.sensor.beam_angle_deg / 2))
    gaps = list(_gaps(container, place))
    met = (
        depth
        for depth, gap_mm in gaps
        if gap_mm < eyes_mm + slope * (depth - place.face_depth_mm)
    )
    free = min(
        atan(max(gap_mm - eyes_mm, 0) / (depth - place.face_depth_mm))
        for depth, gap_mm in gaps
    )
    return FitInContainer(
        container=container,
        place=place,
        wall_depth_mm=next(met, None),
        free_angle_deg=2 * degrees(free),
        fullest_mm=place.face_depth_mm + d.sensor.blind_mm,
        is_in_range=container.depth_mm - place.face_depth_mm <= d.sensor.range_mm,
    )


def _gaps(container: Container, place: Place) -> Iterator[tuple[float, float]]:
    """Give the nearest wall at each depth below the faces."""
    depth_mm = place.face_depth_mm + STEP_MM
    while depth_mm <= container.depth_mm:
        reaches = (container.reach_mm(depth_mm, place.y_mm, each) for each in AROUND)
        yield depth_mm, min(reaches)
        depth_mm += STEP_MM


def render_table(d: Dimensions) -> str:
    """Write the table of the documentation."""
    fits = (
        fit(container, place, d)
        for container in load_containers()
        for place in list_places(container, d)
    )
    head = (f"| {' | '.join(each)} |" for each in (HEADINGS, ["---"] * len(HEADINGS)))
    return "\n".join([*head, *map(_row, fits)]) + "\n"


def _row(found: FitInContainer) -> str:
    deep_mm, wall_mm = found.container.depth_mm, found.wall_depth_mm
    met = "never" if wall_mm is None else f"{wall_mm / 1000:.2f} m"
    share = "all" if wall_mm is None else f"{wall_mm / deep_mm:.0%}"
    full = f"{1 - found.fullest_mm / deep_mm:.0%} full"
    cells = (
        found.container.name,
        found.place.name,
        met,
        share,
        f"{found.free_angle_deg:.0f}°",
        full,
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(render_table(load_dimensions()), end="")
