"""Distances and bearings on the globe, small enough to be flat."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_008.8

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def great_circle_m(
    lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats
) -> Floats:
    """Measure great-circle distances in metres between points in degrees."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    haversine = (
        np.sin((phi_b - phi_a) / 2) ** 2
        + np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    )
    distance: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(haversine))
    return distance


def length_m(points: Iterable[tuple[float, float]]) -> float:
    """Measure a line of (lat, lon) points in metres."""
    lat_deg, lon_deg = np.array(list(points)).reshape(-1, 2).T
    steps_m = great_circle_m(lat_deg[:-1], lon_deg[:-1], lat_deg[1:], lon_deg[1:])
    return float(steps_m.sum())


def flat_m(points_deg: Floats, *, at_lat: float) -> Floats:
    """Project (…, 2) lat and lon to metres east and north, true near a latitude."""
    metres_per_deg = np.radians(1.0) * EARTH_RADIUS_M
    scale = metres_per_deg * np.array([np.cos(np.radians(at_lat)), 1.0])
    flat: Floats = points_deg[..., ::-1] * scale
    return flat


def bearings_deg(lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats) -> Floats:
    """Return directions of short segments, clockwise from north."""
    east = (lon_b - lon_a) * np.cos(np.radians(lat_a))
    bearing: Floats = np.degrees(np.arctan2(east, lat_b - lat_a))
    return bearing
