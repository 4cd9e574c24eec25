"""A piece of street as people know it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A street, or the stretch of it between two junctions.

    Parameters
    ----------
    street
        What it is called; None: it has no name.
    way
        OSM way.
    lines
        GeoJSON coordinates of its lines, (lon, lat): one for each part that hangs
        together.
    """

    street: str | None
    way: int
    lines: list[list[tuple[float, float]]]
