"""A part of the world."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """A box of longitudes and latitudes, in degrees."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float
