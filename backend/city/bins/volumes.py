"""How large a bin on the map is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.city.bins.streams import STREAM_OF_MATERIAL

_AMOUNT = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*"
    r"(?:(?P<litres>l|lt|ltr|lit(?:re|er)s?)|m3|m³|m\^3|cbm|cubic met(?:re|er)s?)",
    re.IGNORECASE,
)
_LITRES_PER_M3 = 1000
# A pocket ashtray, the largest roll-off: beyond them somebody mistook the unit.
_SMALLEST_L, _LARGEST_L = 5, 60_000
# Judgements, not measurements: a litter bin on a post, a four-wheeled container of
# EN 840, a bottle bank.
_USUAL_L = {"waste_basket": 80, "waste_disposal": 1100, "recycling": 1500}


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """Litres of a container; assumed where the map does not say."""

    volume_l: int
    is_assumed: bool


def volume_of(tags: Mapping[str, str], stream: str) -> Volume:
    """Say how large a bin's container for a stream is."""
    for key in _telling_keys(tags, stream):
        volume_l = _litres(tags.get(key, ""))
        if volume_l is not None:
            return Volume(volume_l=volume_l, is_assumed=False)
    return Volume(volume_l=_USUAL_L[tags["amenity"]], is_assumed=True)


def _telling_keys(tags: Mapping[str, str], stream: str) -> Iterator[str]:
    """Name the keys that may tell, the one that is nearest to the stream first."""
    special = sorted(key for key in tags if key.startswith(("capacity:", "volume:")))
    streams = {
        key: STREAM_OF_MATERIAL.get(key.partition(":")[2].removeprefix("recycling:"))
        for key in special
    }
    yield from (key for key in special if streams[key] == stream)
    yield from ("volume", "capacity")
    yield from (key for key in special if streams[key] is None)


def _litres(text: str) -> int | None:
    """Read an amount with a unit; without one it may as well count containers."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    number = float(found["number"].replace(",", "."))
    volume_l = round(number if found["litres"] else number * _LITRES_PER_M3)
    return volume_l if _SMALLEST_L <= volume_l <= _LARGEST_L else None
