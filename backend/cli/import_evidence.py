"""`ullage import deposits` and `observations`: what counters and people said."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from backend.cli.errors import CommandError, connect, need_organisation
from backend.imports import ImportRefusedError, decode
from backend.imports.evidence import (
    DEPOSITS,
    OBSERVATIONS,
    RowsTaken,
    take_in_deposits,
    take_in_observations,
)
from backend.imports.table import Columns
from backend.settings import read_settings
from backend.store.overview import Organisation

TakeIn = Callable[[psycopg.Connection[Any], str, Organisation], RowsTaken]
SOME_BAD, NOTHING_DONE = 1, 2


def register_evidence(
    things: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the commands."""
    deposits = things.add_parser(
        "deposits",
        help="what access-controlled containers counted",
        description=f"Read counters' reports from CSV: {_describe(DEPOSITS)}. "
        "`deposits` are those since the bin's report before.",
    )
    add_file(deposits, _deposits)
    observations = things.add_parser(
        "observations",
        help="what people saw, or a schedule guesses",
        description=f"Read observations from CSV: {_describe(OBSERVATIONS)}. The "
        "source is driver, citizen, schedule or import; each has its own deviation.",
    )
    add_file(observations, _observations)


def add_file(parser: argparse.ArgumentParser, take_in: TakeIn) -> None:
    """Let a command read a file of rows about known bins."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=lambda arguments: run_import(arguments.file, take_in))


def run_import(path: Path, take_in: TakeIn) -> int:
    """Take in a file, and name the rows that did not go in."""
    try:
        text = decode(path.read_bytes())
        with connect(read_settings(os.environ).database) as conn:
            taken = take_in(conn, text, need_organisation(conn))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except ImportRefusedError as error:
        raise CommandError(f"{path}: {error}. Nothing was changed") from error
    for name in taken.unknown_columns:
        sys.stderr.write(f"{path}: warning: the column {name} means nothing here\n")
    for each in taken.bad:
        sys.stderr.write(f"{path}:{each.line}: {each}\n")
    sys.stdout.write(f"{path}: {taken.count} taken in, {len(taken.bad)} bad\n")
    if not taken.bad:
        return 0
    return SOME_BAD if taken.count else NOTHING_DONE


def _deposits(
    conn: psycopg.Connection[Any], text: str, owner: Organisation
) -> RowsTaken:
    return take_in_deposits(conn, text, owner.organisation_id)


def _observations(
    conn: psycopg.Connection[Any], text: str, owner: Organisation
) -> RowsTaken:
    return take_in_observations(conn, text, owner.organisation_id)


def _describe(columns: Columns) -> str:
    may = f", and maybe {', '.join(columns.optional)}" * bool(columns.optional)
    return f"{', '.join(columns.required)}{may}"
