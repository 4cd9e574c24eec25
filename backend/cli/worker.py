"""`ullage worker`: plans when asked and every morning, and watches for alarms."""

import argparse
import asyncio
import os

from backend.alarms.watching import watch_alarms
from backend.cli.prepare import prepare_database
from backend.planning.worker import run_worker
from backend.quality import keep_judging
from backend.savings.watching import keep_savings
from backend.settings import read_settings
from backend.simulation.worker import work_on_simulations
from backend.upkeep import keep_up


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("worker", help="plan and watch for alarms")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    settings = read_settings(os.environ)
    prepare_database(settings.database)
    beside = (
        keep_judging(settings),
        watch_alarms(settings),
        keep_up(settings),
        work_on_simulations(settings),
        keep_savings(settings),
    )
    asyncio.run(run_worker(settings, *beside))
    return 0
