"""`ullage import bins`: take in an operator's own bins."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from backend.cli.errors import CommandError, connect
from backend.cli.import_evidence import register_evidence
from backend.cli.off_map import warn_off_map
from backend.imports import (
    BadRow,
    BinFile,
    ImportRefusedError,
    TakenIn,
    choose_organisation,
    decode,
    read_bins,
    take_in,
)
from backend.imports.table import BINS, NOTES
from backend.settings import read_city_settings, read_settings
from backend.store.cities import load_city_users
from backend.store.imports import load_streams, lock_imports

SOME_BAD = 1
NOTHING_DONE = 2
PROGRESS_ROWS = 200
DESCRIPTION = f"""Read bins from CSV (UTF-8, with a header, comma or semicolon) or
GeoJSON (points). A bin has {", ".join(BINS.required)};
it may have {", ".join(BINS.optional)}.
A bin whose code is known is brought up to date; an empty cell changes nothing. Bad
rows are named, the others go in. Columns that begin with {NOTES} are passed over."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("import", help="take in data of your own")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    bins = things.add_parser(
        "bins", help="bins from CSV or GeoJSON", description=DESCRIPTION
    )
    bins.add_argument("file", type=Path, metavar="FILE")
    bins.add_argument(
        "--check", action="store_true", help="say what would happen, change nothing"
    )
    bins.add_argument("--organisation", metavar="NAME", help="whose bins these are")
    bins.add_argument(
        "--time-zone", metavar="IANA", help="of an organisation made by this import"
    )
    bins.set_defaults(run=run)
    register_evidence(things)


def run(arguments: argparse.Namespace) -> int:
    """Take in a file, and say what became of each row."""
    path: Path = arguments.file
    try:
        text = decode(path.read_bytes())
        with connect(read_settings(os.environ).database) as conn:
            file = read_bins(text, streams=load_streams(conn))
            taken = _take_in(conn, file, arguments=arguments)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except ImportRefusedError as error:
        raise CommandError(f"{path}: {error}. Nothing was changed") from error
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        raise CommandError(
            "the database lacks this version's tables: run `ullage migrate`"
        ) from error
    except psycopg.OperationalError as error:
        raise CommandError(f"{error}. Nothing was changed") from error
    return _report(path, file, taken=taken, is_check=arguments.check)


def _take_in(
    conn: psycopg.Connection[Any], file: BinFile, *, arguments: argparse.Namespace
) -> TakenIn:
    with conn.transaction(force_rollback=arguments.check):
        lock_imports(conn)
        organisation, note = choose_organisation(
            conn, arguments.organisation, time_zone=arguments.time_zone
        )
        taken = take_in(
            conn,
            file.rows,
            organisation_id=organisation.organisation_id,
            file_name=arguments.file.name,
            tell=_make_progress(len(file.rows)),
        )
        for each in load_city_users(conn):
            if each.organisation_id == organisation.organisation_id:
                _warn(file, path=arguments.file, city=each.city)
        if not _count_good(taken):
            raise psycopg.Rollback
    if note and _count_good(taken):
        sys.stdout.write(f"{note}\n")
    return taken


def _warn(file: BinFile, *, path: Path, city: str | None) -> None:
    cities = read_city_settings(os.environ).cities
    for warning in warn_off_map(file.rows, path=path, city=city, cities=cities):
        sys.stderr.write(f"{warning}\n")


def _make_progress(row_count: int) -> Callable[[int], None]:
    """Show how far a long import is, where somebody watches."""

    def tell(done_count: int) -> None:
        if done_count % PROGRESS_ROWS == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r{done_count} of {row_count} rows \r")

    return tell


def _count_good(taken: TakenIn) -> int:
    return taken.new_count + taken.updated_count + taken.unchanged_count


def _report(path: Path, file: BinFile, *, taken: TakenIn, is_check: bool) -> int:
    bad = sorted((*file.bad, *taken.bad), key=_line)
    for name in file.unknown_columns:
        sys.stderr.write(
            f"{path}: warning: the column {name} means nothing here; "
            f"known are {', '.join(BINS.known)}\n"
        )
    for each in bad:
        sys.stderr.write(f"{path}:{each.line}: {each}\n")
    sys.stdout.write(
        f"{path}: {taken.new_count} new, {taken.updated_count} updated, "
        f"{taken.unchanged_count} unchanged, {len(bad)} bad"
        f"{' (checked only, nothing was changed)' if is_check else ''}\n"
    )
    if not bad:
        return 0
    return SOME_BAD if _count_good(taken) else NOTHING_DONE


def _line(row: BadRow) -> int:
    return row.line
