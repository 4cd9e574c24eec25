"""`ullage schedule`: the fixed rounds that an operator drove before."""

import argparse
import os
import sys
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from backend.cli.errors import connect, need_organisation
from backend.cli.import_evidence import add_file
from backend.imports.evidence import RowsTaken
from backend.imports.rounds import take_in_rounds
from backend.imports.rows import WEEKDAYS
from backend.settings import read_settings
from backend.store.fixed_rounds import (
    FixedRound,
    load_fixed_rounds,
    remove_fixed_rounds,
)
from backend.store.overview import Organisation

DESCRIPTION = """Read from CSV on which days each bin was emptied before: code, and
either weekdays (mon thu, or mon-fri) or every_days, counted from from_day (today, if it
is not given). A bin that is not in the file keeps what was said of it before."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("schedule", help="the fixed rounds of before")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    taken = things.add_parser("import", help="from CSV", description=DESCRIPTION)
    add_file(taken, _take_in)
    things.add_parser("list", help="bin by bin").set_defaults(run=run_list)
    things.add_parser("clear", help="forget them").set_defaults(run=run_clear)


def run_list(_arguments: argparse.Namespace) -> int:
    """List the rounds."""
    with connect(read_settings(os.environ).database) as conn:
        rounds = load_fixed_rounds(conn, need_organisation(conn).organisation_id)
    for each in rounds:
        sys.stdout.write(f"{each.code}: {describe(each)}\n")
    if not rounds:
        sys.stdout.write("there are no fixed rounds: `ullage schedule import FILE`\n")
    return 0


def run_clear(_arguments: argparse.Namespace) -> int:
    """Forget the rounds; months that were reckoned stay."""
    with connect(read_settings(os.environ).database) as conn:
        count = remove_fixed_rounds(conn, need_organisation(conn).organisation_id)
    sys.stdout.write(f"the fixed rounds of {count} bins are forgotten\n")
    return 0


def describe(each: FixedRound) -> str:
    """Say on which days a bin was emptied."""
    if each.weekdays is not None:
        return ", ".join(WEEKDAYS[day - 1] for day in each.weekdays)
    return f"every {each.every_days} days from {each.from_day}"


def _take_in(
    conn: psycopg.Connection[Any], text: str, owner: Organisation
) -> RowsTaken:
    today = owner.now.astimezone(ZoneInfo(owner.time_zone)).date()
    return take_in_rounds(conn, text, owner.organisation_id, today=today)
