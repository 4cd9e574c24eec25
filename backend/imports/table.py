"""What every kind of file is first read into: numbered rows of named texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.imports.errors import BadRow, UnusableFileError

REQUIRED = ("code", "stream", "volume_l", "lat_deg", "lon_deg")
OPTIONAL = ("site", "address", "device", "empty_mm", "full_mm", "service_s")
KNOWN = (*REQUIRED, *OPTIONAL)
#: columns that begin so are notes of where a bin was found, and are passed over
NOTES = "osm_"


@dataclass(frozen=True, kw_only=True, slots=True)
class RawRow:
    """One row: its line and the texts that are not empty, by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A file: rows that can be read, rows that cannot, columns nobody knows."""

    #: what the rows are numbered by: "line", "feature"
    row_word: str
    rows: tuple[RawRow, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]


def normalise_column(name: str) -> str:
    """Write a column's name as it is known."""
    return name.strip().lower()


def require_columns(required: Iterable[str], columns: Iterable[str]) -> None:
    """Refuse a file that lacks a required column."""
    there = set(columns)
    missing = [name for name in required if name not in there]
    if missing:
        raise UnusableFileError(
            f"lacks {', '.join(missing)}. Each bin needs {', '.join(REQUIRED)}; "
            f"it may have {', '.join(OPTIONAL)}"
        )


def list_unknown(columns: Iterable[str]) -> tuple[str, ...]:
    """List the columns that mean nothing here, each once."""
    strangers = (name for name in columns if name not in KNOWN)
    return tuple(dict.fromkeys(x for x in strangers if not x.startswith(NOTES)))
