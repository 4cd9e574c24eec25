"""Bins and runs as GeoJSON (RFC 7946)."""

from dataclasses import dataclass
from typing import Literal

from backend.store.bins import Bin


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A position: longitude, latitude."""

    coordinates: tuple[float, float]
    type: Literal["Point"] = "Point"


@dataclass(frozen=True, kw_only=True, slots=True)
class BinFeature:
    """A bin on the map; `id` is its slot."""

    id: int
    geometry: Point
    properties: Bin
    type: Literal["Feature"] = "Feature"


@dataclass(frozen=True, kw_only=True, slots=True)
class BinCollection:
    """All bins."""

    features: list[BinFeature]
    type: Literal["FeatureCollection"] = "FeatureCollection"


def to_feature(each: Bin) -> BinFeature:
    """Put a bin on the map."""
    point = Point(coordinates=(each.lon_deg, each.lat_deg))
    return BinFeature(id=each.slot_id, geometry=point, properties=each)
