"""The file of candidate bins, as `ullage import bins` takes it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from backend.city.bins.candidates import CandidateBin
from backend.city.bins.volumes import Volume

# What the import takes as one line of text.
_MAX_TEXT = 200
_OSM_DIGITS = 7
_KINDS = {
    "waste_basket": "Litter bin",
    "waste_disposal": "Waste point",
    "recycling": "Recycling point",
}


def write_bins(bins: Sequence[CandidateBin], path: Path) -> int:
    """Write GeoJSON, one feature for each stream of each bin; return how many."""
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for bin_ in bins
        for feature in _features(bin_)
    ]
    body = ",\n".join(lines)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    path.write_text(text, "utf-8")
    return len(lines)


def _features(bin_: CandidateBin) -> Iterator[dict[str, Any]]:
    position = (round(bin_.lon_deg, _OSM_DIGITS), round(bin_.lat_deg, _OSM_DIGITS))
    for stream, volume in zip(bin_.streams, bin_.volumes, strict=True):
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": position},
            "properties": _properties(bin_, stream, volume),
        }


def _properties(bin_: CandidateBin, stream: str, volume: Volume) -> dict[str, Any]:
    """Name the import's columns, then notes, which begin with `osm_`."""
    site = bin_.name or bin_.address or f"{_KINDS[bin_.amenity]} {bin_.osm_id}"
    columns = {
        "code": f"osm-{bin_.osm_id.replace('/', '-')}-{stream}",
        "stream": stream,
        "volume_l": volume.volume_l,
        "site": _line(site),
        "address": _line(bin_.address),
    }
    notes = {
        "osm_id": bin_.osm_id,
        "osm_amenity": bin_.amenity,
        "osm_name": bin_.name,
        "osm_operator": bin_.operator,
        "osm_volume_is_assumed": volume.is_assumed,
    }
    return {key: value for key, value in (columns | notes).items() if value != ""}


def _line(text: str) -> str:
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:_MAX_TEXT]
