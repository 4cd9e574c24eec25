"""`ullage migrate`: bring the database up to this version."""

import argparse
import os
import sys

import psycopg

from backend.cli.errors import CommandError, connect
from backend.cli.prepare import prepare_database
from backend.settings import read_settings
from backend.store.columnstore import enable_columnstore
from backend.store.migrate import detect_level
from backend.store.upgrade import UpgradeError, to_hypertable


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("migrate", help="bring the database up to date")
    parser.add_argument(
        "--to",
        choices=["timescale"],
        help="turn plain partitions into a hypertable, while everything goes on",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing and say so."""
    settings = read_settings(os.environ)
    applied = prepare_database(settings.database)
    for name in applied:
        sys.stdout.write(f"applied {name}\n")
    if arguments.to == "timescale":
        _upgrade(settings.database)
    with connect(settings.database) as conn:
        level = detect_level(conn)
    sys.stdout.write(f"the database is up to date (storage: {level})\n")
    return 0


def _upgrade(database: str) -> None:
    # A new session: one that began before the extension was made cannot use it.
    with psycopg.connect(database, autocommit=True) as conn:
        if detect_level(conn) != "plain":
            return
        try:
            for step in to_hypertable(conn):
                sys.stdout.write(f"{step}\n")
                sys.stdout.flush()
        except UpgradeError as error:
            raise CommandError(str(error)) from error
        enable_columnstore(conn)
