"""`ullage savings`: what a month saved against the fixed rounds of before."""

import argparse
import os
import sys
from datetime import date

from backend.cli.errors import CommandError, connect, need_organisation
from backend.planning.inputs import PlanningError
from backend.savings.period import SavingsError, last_month, today_of
from backend.savings.reckoning import reckon_month
from backend.settings import read_settings
from backend.store.savings import RoundFigures, Saving, load_savings

CENTS = 100
ROW = "{:<18}{:>14}{:>14}{:>14}{:>9}\n"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "savings", help="what a month saved against the fixed rounds"
    )
    parser.add_argument(
        "--month", type=_month, metavar="YYYY-MM", help="default: the one that ended"
    )
    parser.add_argument(
        "--list", action="store_true", help="what the ledger has, reckon nothing"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Reckon a month, write it into the ledger, and print it."""
    settings = read_settings(os.environ)
    with connect(settings.database) as conn:
        organisation = need_organisation(conn)
        if arguments.list:
            found = load_savings(conn, organisation.organisation_id)
        else:
            month = arguments.month or last_month(today_of(organisation))
            try:
                found = [reckon_month(conn, settings, organisation, month)]
            except (SavingsError, PlanningError) as error:
                raise CommandError(str(error)) from error
    for each in found:
        _print(each)
    if not found:
        sys.stdout.write("the ledger is empty: `ullage savings --month YYYY-MM`\n")
    return 0


def _print(saving: Saving) -> None:
    corrects = f", corrects {saving.corrects_id}" if saving.corrects_id else ""
    sys.stdout.write(
        f"{saving.month:%B %Y}, {saving.from_day} to {saving.to_day} "
        f"(row {saving.saving_id}{corrects})\n"
    )
    sys.stdout.write(ROW.format("", "fixed rounds", "driven", "saved", ""))
    for name, fixed, driven in _lines(saving.fixed, saving.driven):
        if fixed is None or driven is None:
            sys.stdout.write(ROW.format(name, "?", "?", "?", ""))
            continue
        share = f"{1 - driven / fixed:.0%}" if fixed else ""
        numbers = (f"{each:,.1f}" for each in (fixed, driven, fixed - driven))
        sys.stdout.write(ROW.format(name, *numbers, share))
    sys.stdout.write(f"\n{saving.method}\n")
    for each in saving.assumptions:
        sys.stdout.write(f"- {each}\n")
    sys.stdout.write(f"inputs sha256 {saving.inputs_sha256}\n\n")


def _lines(
    fixed: RoundFigures, driven: RoundFigures
) -> list[tuple[str, float | None, float | None]]:
    return [
        ("km", fixed.distance_km, driven.distance_km),
        ("hours", fixed.driving_h, driven.driving_h),
        ("overflow, bin-h", fixed.overflow_h, driven.overflow_h),
        ("money, €", fixed.cost_cents / CENTS, driven.cost_cents / CENTS),
        ("CO2, kg", fixed.co2_kg, driven.co2_kg),
        ("pickups", fixed.pickup_count, driven.pickup_count),
        ("collected, m³", fixed.volume_l / 1000, driven.volume_l / 1000),
    ]


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: such as 2026-10") from None
