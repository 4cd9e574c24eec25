"""`ullage plan`: plan a service day now, without the worker."""

import argparse
import os
import sys
from datetime import date

import psycopg

from backend.cli.errors import CommandError
from backend.planning.day import plan_next_day
from backend.planning.inputs import PlanningError
from backend.settings import read_settings


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("plan", help="plan a service day now")
    parser.add_argument(
        "--day", type=date.fromisoformat, help="service day, YYYY-MM-DD (default: next)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Plan, and say what came out."""
    settings = read_settings(os.environ)
    try:
        with psycopg.connect(settings.database, autocommit=True) as conn:
            summary = plan_next_day(conn, settings, service_day=arguments.day)
    except (PlanningError, psycopg.OperationalError) as error:
        raise CommandError(str(error)) from error
    sys.stdout.write(f"{summary}\n")
    return 0
