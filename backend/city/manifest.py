"""What is known of a city that was added: its manifest, a JSON file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from backend.city.bounds import Bounds
from backend.city.errors import ManifestError


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """Where a city came from, what was made of it, and how much."""

    name: str
    #: file or address, as it was given
    source: str
    extract_sha256: str
    extract_bytes: int
    #: up to when the extract knows the world, if it says so
    data_at: datetime | None
    added_at: datetime
    country: str | None
    #: the country that was asked for; None: find it out
    asked_country: str | None
    bounds: Bounds
    street_km: float
    edge_count: int
    restriction_count: int
    bin_count: int
    address_count: int
    #: of each kind of file, so that another version of the program makes it anew
    versions: Mapping[str, int]
    #: bytes of each file that was made
    files: Mapping[str, int]


_ADAPTER = TypeAdapter(Manifest)


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write it for people too."""
    path.write_bytes(_ADAPTER.dump_json(manifest, indent=1) + b"\n")


def read_manifest(path: Path) -> Manifest:
    """Read it.

    Raises
    ------
    ManifestError
        It is not there, or none.
    """
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except OSError as error:
        raise ManifestError(f"{path.name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ManifestError(f"{path.name} is no manifest of a city") from error
