"""Cities as they lie in a folder, made without an extract."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.city.bounds import Bounds
from backend.city.folder import BASEMAP, BINS, MANIFEST, ROADS, file_of
from backend.city.manifest import Manifest, write_manifest
from backend.city.versions import VERSIONS

CONTENTS = {ROADS: b"roads", BASEMAP: b"streets", BINS: b"{}"}
ESPOO = Manifest(
    name="espoo",
    source="espoo.osm.pbf",
    extract_sha256="0" * 64,
    extract_bytes=1,
    data_at=datetime(2026, 11, 1, tzinfo=UTC),
    added_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    country="FI",
    asked_country=None,
    bounds=Bounds(west_deg=24.5, south_deg=60.1, east_deg=24.9, north_deg=60.4),
    street_km=1234.5,
    edge_count=20_000,
    restriction_count=40,
    bin_count=321,
    address_count=9000,
    versions=VERSIONS,
    files={part: len(content) for part, content in CONTENTS.items()},
)


def put_city(folder: Path, name: str = "espoo", **changes: Any) -> None:
    """Put a city's files in a folder; the manifest differs in what is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, content in CONTENTS.items():
        file_of(folder, name, part).write_bytes(content)
    manifest = replace(ESPOO, name=name, **changes)
    write_manifest(manifest, file_of(folder, name, MANIFEST))
