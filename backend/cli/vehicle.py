"""`ullage vehicle`: what vehicles are to the streets, and their breaks and overtime."""

import argparse
import os
import sys
from datetime import time
from typing import Any

import psycopg

from backend.cli.errors import CommandError, connect
from backend.settings import read_settings
from backend.store.overview import load_organisation
from backend.store.planning import Vehicle, load_vehicles
from backend.store.streets import SIZES
from backend.store.vehicles import set_vehicle
from routing.roads import PROFILES

S_PER_MIN = 60
CO2 = ("co2_g_per_km", "co2_source")
UNSET = "profile"
DESCRIPTION = f"""Profiles: {", ".join(sorted(PROFILES))}. A size that is given counts
in place of the profile's; `{UNSET}` takes it back. Plans made from now on keep to
it."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("vehicle", help="sizes, breaks and overtime")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    listed = things.add_parser("list", help="the fleet")
    listed.set_defaults(run=run_list)
    change = things.add_parser("set", help="change one", description=DESCRIPTION)
    change.add_argument("name", metavar="NAME")
    change.add_argument(
        "--profile", dest="road_profile", choices=sorted(PROFILES), metavar="NAME"
    )
    for name in SIZES:
        what, _, unit = name.rpartition("_")
        change.add_argument(f"--{what}", type=_size, dest=name, metavar=unit)
    change.add_argument("--break-min", type=_minutes, dest="break_s")
    change.add_argument("--break-from", type=time.fromisoformat, metavar="HH:MM")
    change.add_argument("--break-to", type=time.fromisoformat, metavar="HH:MM")
    change.add_argument("--overtime-min", type=_minutes, dest="overtime_s")
    change.add_argument("--overtime-cents-per-hour", type=int, metavar="CENTS")
    change.add_argument(
        "--driving-rule",
        choices=["yes", "no"],
        help="45 min of rest after 4.5 h of driving (EC 561/2006)",
    )
    change.add_argument("--co2-g-per-km", type=float, metavar="G")
    change.add_argument(
        "--co2-source", metavar="TEXT", help="who says so, such as fuel bills 2026"
    )
    change.set_defaults(run=run_set)


def run_list(_arguments: argparse.Namespace) -> int:
    """List the fleet."""
    with connect(read_settings(os.environ).database) as conn:
        organisation = load_organisation(conn)
        fleet = (
            []
            if organisation is None
            else load_vehicles(conn, organisation.organisation_id)
        )
    for each in fleet:
        sys.stdout.write(f"{_describe(each)}\n")
    if not fleet:
        sys.stdout.write("there is no vehicle with a compartment yet\n")
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    """Change a vehicle."""
    changes = _changes(arguments)
    if not changes:
        raise CommandError("nothing to change: `ullage vehicle set --help` lists what")
    with connect(read_settings(os.environ).database) as conn:
        try:
            is_there = set_vehicle(conn, arguments.name, changes)
        except psycopg.errors.CheckViolation as error:
            raise CommandError(
                "the vehicle would not make sense: a break needs --break-from and "
                "--break-to, the second not before the first; CO2 needs its source; "
                "and nothing is below 0"
            ) from error
    if not is_there:
        raise CommandError(
            f"there is no vehicle {arguments.name}: `ullage vehicle list`"
        )
    sys.stdout.write(f"{arguments.name}: changed. Plan again for it to count\n")
    return 0


def _changes(arguments: argparse.Namespace) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: getattr(arguments, name)
        for name in ("road_profile", *SIZES, "break_s", "overtime_s", *CO2)
    }
    given |= {
        "break_earliest_local": arguments.break_from,
        "break_latest_local": arguments.break_to,
        "overtime_cents_per_hour": arguments.overtime_cents_per_hour,
        "is_under_driving_rule": {"yes": True, "no": False}.get(arguments.driving_rule),
    }
    changes = {name: value for name, value in given.items() if value is not None}
    for name in SIZES:
        if changes.get(name) == UNSET:
            changes[name] = None
    if changes.get("break_s") == 0:
        changes |= {"break_earliest_local": None, "break_latest_local": None}
    return changes


def _describe(vehicle: Vehicle) -> str:
    sizes = ", ".join(
        f"{name.rpartition('_')[0]} {size:g} {name.rpartition('_')[2]}"
        for name in SIZES
        if (size := getattr(vehicle, name)) is not None
    )
    rest = ""
    if vehicle.break_s:
        window = (
            f"{vehicle.break_earliest_local:%H:%M}-{vehicle.break_latest_local:%H:%M}"
        )
        rest = f"break {vehicle.break_s // S_PER_MIN} min, {window}"
    late = ""
    if vehicle.overtime_s:
        late = f"overtime {vehicle.overtime_s // S_PER_MIN} min"
    facts = [vehicle.road_profile, sizes, rest, late]
    return f"{vehicle.name}: {'; '.join(each for each in facts if each)}"


def _size(text: str) -> float | str:
    if text == UNSET:
        return UNSET
    size = float(text)
    if not 0 < size < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: above 0, or `{UNSET}`")
    return size


def _minutes(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text}: 0 minutes or more")
    return number * S_PER_MIN
