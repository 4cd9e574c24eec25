"""The cities as a table for people, and as JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from backend.city.kept import KeptCity
from backend.city.manifest import Manifest
from backend.store.cities import CityUser

_COLUMNS = ("name", "added", "data of", "country", "streets", "bins", "size")
_MB = 1e6
_UNKNOWN = "-"


def write_table(
    cities: Sequence[KeptCity], users: Sequence[CityUser] | None
) -> Iterator[str]:
    """Write a line for each city below a header; users None: they are not known."""
    rows = [[*_COLUMNS, "used by", "state"]]
    rows += [_row(city, _users_of(city.name, users)) for city in cities]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def write_json(
    cities: Sequence[KeptCity], users: Sequence[CityUser] | None
) -> Iterator[str]:
    """Write one JSON object a city."""
    for city in cities:
        facts = asdict(city) | {"used_by": _users_of(city.name, users)}
        yield json.dumps(facts, default=datetime.isoformat, ensure_ascii=False)


def _users_of(name: str, users: Sequence[CityUser] | None) -> list[str] | None:
    if users is None:
        return None
    return [each.name for each in users if each.city == name]


def _row(city: KeptCity, used_by: list[str] | None) -> list[str]:
    facts = [_UNKNOWN] * 5 if city.manifest is None else _facts(city.manifest)
    return [
        *(city.name, *facts, f"{city.size_bytes / _MB:.1f} MB"),
        _UNKNOWN if not used_by else ", ".join(used_by),
        _state(city),
    ]


def _facts(manifest: Manifest) -> list[str]:
    data_at = manifest.data_at
    return [
        manifest.added_at.date().isoformat(),
        data_at.date().isoformat() if data_at else _UNKNOWN,
        manifest.country or _UNKNOWN,
        f"{manifest.street_km:.0f} km",
        str(manifest.bin_count),
    ]


def _state(city: KeptCity) -> str:
    if not city.faults:
        return "whole"
    what = "; ".join(city.faults)
    return what if city.can_route else f"half: {what}"
