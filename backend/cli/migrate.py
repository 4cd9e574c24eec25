"""`ullage migrate`: bring the database up to this version."""

import argparse
import os
import sys

from backend.cli.errors import connect
from backend.cli.prepare import prepare_database
from backend.settings import read_settings
from backend.store.migrate import detect_level


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("migrate", help="bring the database up to date")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Apply what is missing and say so."""
    settings = read_settings(os.environ)
    applied = prepare_database(settings.database)
    with connect(settings.database) as conn:
        level = detect_level(conn)
    for name in applied:
        sys.stdout.write(f"applied {name}\n")
    sys.stdout.write(f"the database is up to date (storage: {level})\n")
    return 0
