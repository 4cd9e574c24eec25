"""Bins and addresses that an OSM extract knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import osmium
from osmium.filter import KeyFilter
from osmium.osm import Node, Way
from scipy.spatial import KDTree

from backend.city.bins.streams import streams_of
from backend.city.bins.volumes import Volume, volume_of
from backend.city.errors import UnusableCityError

_AMENITIES = frozenset({"recycling", "waste_basket", "waste_disposal"})
_CALL_BY_WITHIN_M = 250.0
_M_PER_DEG = 111_195.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateBin:
    """A bin on the map that an operator may take over.

    Parameters
    ----------
    osm_id
        Kind and number, such as ``node/229054845``.
    streams
        Sorted; never empty.
    volumes
        Of the container for each stream, in their order.
    address
        What to call it by: the nearest address, or empty if none is near.
    """

    osm_id: str
    lat_deg: float
    lon_deg: float
    amenity: str
    streams: tuple[str, ...]
    volumes: tuple[Volume, ...]
    name: str
    operator: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A house number; shops that share one each bring their own."""

    street: str
    house_number: str
    lat_deg: float
    lon_deg: float

    def __str__(self) -> str:
        """Write it as the local post does not mind: street, then number."""
        return f"{self.street} {self.house_number}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """Bins and addresses of one extract, in the order of the file."""

    bins: tuple[CandidateBin, ...]
    addresses: tuple[Address, ...]


def read_candidates(pbf: Path) -> Candidates:
    """Read bins, each called by its nearest address, and addresses.

    Raises
    ------
    UnusableCityError
        The file is no OSM extract.
    """
    bins: list[CandidateBin] = []
    addresses: list[Address] = []
    try:
        for osm_id, tags, lat_deg, lon_deg in _tagged_places(pbf):
            if tags.get("amenity") in _AMENITIES and not _is_centre(tags):
                bins.append(_bin(osm_id, tags, lat_deg, lon_deg))
            if "addr:street" in tags and "addr:housenumber" in tags:
                addresses.append(_address(tags, lat_deg, lon_deg))
    except (RuntimeError, OSError) as error:
        raise UnusableCityError(f"{pbf}: not an OSM extract: {error}") from error
    return Candidates(
        bins=tuple(_called_by_address(bins, addresses)), addresses=tuple(addresses)
    )


def _tagged_places(
    pbf: Path,
) -> Iterator[tuple[str, Mapping[str, str], float, float]]:
    processor = osmium.FileProcessor(str(pbf)).with_locations()
    for item in processor.with_filter(KeyFilter("amenity", "addr:housenumber")):
        if isinstance(item, Node):
            location = item.location
            yield f"node/{item.id}", dict(item.tags), location.lat, location.lon
        elif isinstance(item, Way):
            known = [node.location for node in item.nodes if node.location.valid()]
            if known:
                lat_deg = sum(location.lat for location in known) / len(known)
                lon_deg = sum(location.lon for location in known) / len(known)
                yield f"way/{item.id}", dict(item.tags), lat_deg, lon_deg


def _is_centre(tags: Mapping[str, str]) -> bool:
    return tags.get("recycling_type") == "centre"


def _bin(
    osm_id: str, tags: Mapping[str, str], lat_deg: float, lon_deg: float
) -> CandidateBin:
    streams = streams_of(tags)
    return CandidateBin(
        osm_id=osm_id,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        amenity=tags["amenity"],
        streams=streams,
        volumes=tuple(volume_of(tags, stream) for stream in streams),
        name=tags.get("name", ""),
        operator=tags.get("operator", ""),
        address="",
    )


def _address(tags: Mapping[str, str], lat_deg: float, lon_deg: float) -> Address:
    return Address(
        street=tags["addr:street"],
        house_number=tags["addr:housenumber"],
        lat_deg=lat_deg,
        lon_deg=lon_deg,
    )


def _called_by_address(
    bins: Sequence[CandidateBin], addresses: Sequence[Address]
) -> Iterator[CandidateBin]:
    if not bins or not addresses:
        yield from bins
        return
    at_lat = addresses[0].lat_deg
    tree = KDTree([_flat_m(a.lat_deg, a.lon_deg, at_lat) for a in addresses])
    for bin_ in bins:
        away_m, index = tree.query(_flat_m(bin_.lat_deg, bin_.lon_deg, at_lat))
        is_near = away_m <= _CALL_BY_WITHIN_M
        yield replace(bin_, address=str(addresses[int(index)]) if is_near else "")


def _flat_m(lat_deg: float, lon_deg: float, at_lat: float) -> tuple[float, float]:
    squeeze = float(np.cos(np.radians(at_lat)))
    return lat_deg * _M_PER_DEG, lon_deg * _M_PER_DEG * squeeze
