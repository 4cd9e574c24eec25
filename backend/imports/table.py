"""What every kind of file is first read into: numbered rows of named texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.imports.errors import BadRow, UnusableFileError

#: columns that begin so are notes of where a bin was found, and are passed over
NOTES = "osm_"


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What the rows of a kind of file have: `what` is the name of one."""

    what: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Return all of them."""
        return (*self.required, *self.optional)


BINS = Columns(
    what="bin",
    required=("code", "stream", "volume_l", "lat_deg", "lon_deg"),
    optional=(
        "site",
        "address",
        "device",
        "empty_mm",
        "full_mm",
        "empty_kg",
        "full_kg",
        "service_s",
        "container_type",
    ),
)


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


def require_columns(columns: Columns, there: Iterable[str]) -> None:
    """Refuse a file that lacks a required column."""
    found = set(there)
    missing = [name for name in columns.required if name not in found]
    if missing:
        may = f"; it may have {', '.join(columns.optional)}" * bool(columns.optional)
        raise UnusableFileError(
            f"lacks {', '.join(missing)}. Each {columns.what} needs "
            f"{', '.join(columns.required)}{may}"
        )


def list_unknown(columns: Columns, there: Iterable[str]) -> tuple[str, ...]:
    """List the columns that mean nothing here, each once."""
    strangers = (name for name in there if name not in columns.known)
    return tuple(dict.fromkeys(x for x in strangers if not x.startswith(NOTES)))
