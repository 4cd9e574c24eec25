"""`ullage simulate`: made-up operators under policies, or one's own bins what-if."""

import argparse
from pathlib import Path

from backend.simulation.what_if import QUICK_DAYS

# A policy that foresees takes half a second for each.
USUAL_DAYS = 56


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "simulate", help="what would be under other terms; made-up operators"
    )
    parser.add_argument(
        "scenario",
        nargs="?",
        help="made up: A (region), B (town), groningen",
    )
    parser.add_argument("--own", action="store_true", help="one's own bins")
    parser.add_argument(
        "--days", type=int, help=f"days to count (own: {QUICK_DAYS}; else {USUAL_DAYS})"
    )
    parser.add_argument("--seeds", type=int, default=2, help="times, with other luck")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the curve there")
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the table there"
    )
    _add_terms(parser)
    parser.set_defaults(run=run)


def _add_terms(parser: argparse.ArgumentParser) -> None:
    own = parser.add_argument_group("other terms for one's own bins")
    own.add_argument(
        "--without-vehicle", action="append", default=[], metavar="NAME",
        help="one vehicle fewer: its name or number",
    )  # fmt: skip
    own.add_argument(
        "--another-vehicle", action="append", default=[], metavar="NAME",
        help="one more like this",
    )  # fmt: skip
    own.add_argument("--depot", metavar="LAT,LON", help="where all start and end")
    own.add_argument(
        "--service", type=float, metavar="PERCENT",
        help="bins that shall have room until their next chance: 99.9",
    )  # fmt: skip
    own.add_argument(
        "--overflow-weight", type=float, metavar="WEIGHT",
        help="instead: how much an overflow counts against driving",
    )  # fmt: skip
    own.add_argument(
        "--must-go", type=float, metavar="P",
        help="P(overflow) from which on a bin must be emptied",
    )  # fmt: skip
    own.add_argument(
        "--weekdays", metavar="0,1,2,3,4", help="days with trucks; 0 is Monday"
    )
    own.add_argument(
        "--add-bins", type=Path, metavar="FILE",
        help="CSV: stream,volume_l,lat_deg,lon_deg[,fill_per_day,service_s,has_sensor]",
    )  # fmt: skip
    own.add_argument(
        "--sensors", action="store_true", help="where the next sensor pays most"
    )


def run(arguments: argparse.Namespace) -> int:
    """Simulate, print the table, draw the curve."""
    # What simulates takes seconds to load; `--help` need not wait for it.
    if arguments.own:
        from backend.cli.simulate_own import run_own

        return run_own(arguments)
    from backend.cli.simulate_scenario import run_scenario

    return run_scenario(arguments, usual_days=USUAL_DAYS)
