"""GeoJSON (RFC 7946): a FeatureCollection of Points, one feature a row."""

import json
from typing import Any, NoReturn

from backend.imports.errors import (
    BadRow,
    RefusedRowError,
    UnusableFileError,
)
from backend.imports.table import (
    BINS,
    RawRow,
    Table,
    list_unknown,
    normalise_column,
    require_columns,
)

# RFC 7946 §3.1.1: longitude first, an altitude may follow.
POSITION = ("lon_deg", "lat_deg")


def read_geojson(text: str) -> Table:
    """Read a table from GeoJSON; a row's line is the feature's number, from 1.

    Raises
    ------
    UnusableFileError
        If it is not a FeatureCollection with the required properties.
    """
    features = _read_features(text)
    columns = [
        normalise_column(name) for each in features for name in _properties(each)
    ]
    require_columns(BINS, [*columns, *POSITION])
    read = [_read_row(each, number) for number, each in enumerate(features, start=1)]
    return Table(
        row_word="feature",
        rows=tuple(each for each in read if isinstance(each, RawRow)),
        bad=tuple(each for each in read if isinstance(each, BadRow)),
        unknown_columns=list_unknown(BINS, columns),
    )


def _read_features(text: str) -> list[Any]:
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnusableFileError(f"is not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise UnusableFileError("is not GeoJSON: a FeatureCollection is wanted")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise UnusableFileError("has no features")
    return features


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _read_row(feature: Any, number: int) -> RawRow | BadRow:  # noqa: ANN401 - any JSON
    try:
        cells = _read_cells(_properties(feature)) | _read_position(feature)
    except RefusedRowError as error:
        return BadRow(line=number, problems=(error.problem,))
    return RawRow(line=number, cells=cells)


def _read_cells(properties: dict[str, Any]) -> dict[str, str]:
    named = {normalise_column(name): value for name, value in properties.items()}
    cells = {
        name: _to_text(name, named[name])
        for name in BINS.known
        if name not in POSITION and named.get(name) is not None
    }
    return {name: cell for name, cell in cells.items() if cell}


def _to_text(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RefusedRowError(name, f"{json.dumps(value)[:40]} is no text or number")
    return repr(value)


def _read_position(feature: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise RefusedRowError("geometry", "a Point is wanted")
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < len(POSITION):
        raise RefusedRowError("geometry", "coordinates must be [longitude, latitude]")
    return {
        name: _to_text(name, value)
        for name, value in zip(POSITION, coordinates, strict=False)
    }
