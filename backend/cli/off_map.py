"""Warn of bins that the operator's map does not reach."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from backend.city.bounds import Bounds
from backend.city.kept import look_at
from backend.store.imports import BinRow

MOST_NAMED = 10


def warn_off_map(
    rows: Sequence[BinRow], *, path: Path, city: str | None, cities: Path
) -> Iterator[str]:
    """Name the bins that lie outside the city's map: no run will come to them."""
    manifest = None if city is None else look_at(cities, city).manifest
    if manifest is None:
        return
    outside = [row for row in rows if not _is_inside(row, manifest.bounds)]
    for row in outside[:MOST_NAMED]:
        where = f"{row.code} at {row.lat_deg}, {row.lon_deg}"
        yield (
            f"{path}:{row.line}: warning: {where} lies outside the map of {city}: "
            "no run can come there"
        )
    if len(outside) > MOST_NAMED:
        more = len(outside) - MOST_NAMED
        yield f"{path}: warning: {more} more bins lie outside the map of {city}"


def _is_inside(row: BinRow, bounds: Bounds) -> bool:
    is_between = bounds.south_deg <= row.lat_deg <= bounds.north_deg
    return is_between and bounds.west_deg <= row.lon_deg <= bounds.east_deg
