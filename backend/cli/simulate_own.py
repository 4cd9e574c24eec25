"""`ullage simulate --own`: the operator's own bins under other terms."""

import argparse
import csv
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg

from backend.cli.bars import showing_progress
from backend.cli.curve import Chart, Series, show
from backend.cli.errors import CommandError, connect, need_organisation
from backend.cli.new_bins import read_new_bins
from backend.planning.inputs import PlanningError
from backend.settings import read_settings
from backend.simulation.own import simulate_own
from backend.simulation.result import Aim, Answer, Difference
from backend.simulation.what_if import QUICK_DAYS, SimulationError, WhatIf
from backend.store.planning import Vehicle, load_vehicles

# Name, unit, how it is written.
ROWS = {
    "km": ("driven", "km", ",.0f"),
    "hours": ("out on the road", "h", ",.1f"),
    "pickups": ("pickups", "", ",.0f"),
    "tonnes": ("collected", "t", ",.1f"),
    "service_pct": ("found room", "%", ".2f"),
    "overflow_h": ("full, hours a bin and year", "h", ",.1f"),
    "fill_at_pickup": ("fill at pickup", "", ".0%"),
    "co2_kg": ("CO2", "kg", ",.0f"),
    "cents": ("cost", "€", ",.0f"),
}
CENTS = 100


def run_own(arguments: argparse.Namespace) -> int:
    """Simulate, and print before and after."""
    settings = read_settings(os.environ)
    with connect(settings.database) as conn:
        conn.set_autocommit(True)
        asked = _read(conn, arguments)
        try:
            with showing_progress(sys.stderr) as tell:
                answer = simulate_own(conn, settings, asked, tell=tell)
        except (SimulationError, PlanningError) as error:
            raise CommandError(str(error)) from error
    show(describe(answer), make_chart(answer), arguments.svg)
    if arguments.csv:
        write_csv(answer, arguments.csv)
    return 0


def _read(conn: psycopg.Connection[Any], arguments: argparse.Namespace) -> WhatIf:
    fleet = load_vehicles(conn, need_organisation(conn).organisation_id)
    depot = _point(arguments.depot) if arguments.depot else (None, None)
    try:
        return WhatIf(
            without_vehicles=_find(fleet, arguments.without_vehicle),
            more_vehicles=_find(fleet, arguments.another_vehicle),
            depot_lat_deg=depot[0],
            depot_lon_deg=depot[1],
            service_level=_share(arguments.service),
            overflow_weight=arguments.overflow_weight,
            must_go_probability=arguments.must_go,
            weekdays=_weekdays(arguments.weekdays),
            more_bins=read_new_bins(arguments.add_bins) if arguments.add_bins else (),
            with_sensors=arguments.sensors,
            days=QUICK_DAYS if arguments.days is None else arguments.days,
            seeds=arguments.seeds,
        )
    except SimulationError as error:
        raise CommandError(str(error)) from error


def _find(fleet: list[Vehicle], asked: list[str]) -> tuple[int, ...]:
    known = {each.name: each.vehicle_id for each in fleet}
    known |= {str(each.vehicle_id): each.vehicle_id for each in fleet}
    for each in asked:
        if each not in known:
            names = ", ".join(one.name for one in fleet)
            raise CommandError(f"there is no vehicle {each}; there are {names}")
    return tuple(known[each] for each in asked)


def _point(text: str) -> tuple[float, float]:
    try:
        lat_deg, lon_deg = (float(each) for each in text.split(","))
    except ValueError as error:
        raise CommandError(f"--depot {text} not understood: LAT,LON") from error
    return lat_deg, lon_deg


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def name_aim(aim: Aim) -> str:
    """Say an aim shortly."""
    if aim.service_level is not None:
        return f"{100 * aim.service_level:g} %"
    return f"weight {aim.overflow_weight:g}"


def _weekdays(text: str | None) -> tuple[int, ...]:
    try:
        return tuple(int(each) for each in text.split(",")) if text else ()
    except ValueError as error:
        raise CommandError(f"--weekdays {text} not understood: 0,1,2") from error


def describe(answer: Answer) -> str:
    """Say in a table what a mean week would be, and how that was found."""
    lines = [
        f"{answer.bins} bins, {answer.days} days after {answer.warm_up_days} "
        f"to settle, {answer.seeds} times; ways: {answer.roads}; a mean week:",
        *(f"({each})" for each in answer.notes),
        "",
        f"{'':<28}{'today':>12}{'then':>12}{'difference':>12}   95 % of it",
    ]
    lines += [_row(each) for each in answer.differences]
    today, then = name_aim(answer.aim_today), name_aim(answer.aim_then)
    lines.append(f"{'service level':<28}{today:>12}{then:>12}")
    for each in answer.sensors:
        lines.append(
            f"sensor on {each.code}: {each.saved_cents / CENTS:,.0f} € a year "
            f"(fills {each.fill_per_day:.0%} a day, "
            f"known to ±{each.rate_doubt:.0%})"
        )
    return "\n".join(lines)


def _row(each: Difference) -> str:
    name, unit, form = ROWS[each.name]
    by = CENTS if each.name == "cents" else 1
    before, after = each.before / by, each.after / by
    title = f"{name}, {unit}" if unit else name
    spread = ""
    if each.low is not None and each.high is not None:
        spread = f"   {each.low / by:+{form}} … {each.high / by:+{form}}"
    return (
        f"{title:<28}{before:>12{form}}{after:>12{form}}"
        f"{after - before:>+12{form}}{spread}"
    )


def make_chart(answer: Answer) -> Chart:
    """Draw km against service; the level that was used is marked."""
    points = [(each.figures.service_pct, each.figures.km) for each in answer.curve]
    aims = [each.aim for each in answer.curve]
    curve = Series(
        name="by service level",
        points=tuple(points),
        chosen=aims.index(answer.aim_then),
    )
    return Chart(x_name="service: found room, %", y_name="km a week", series=(curve,))


def write_csv(answer: Answer, path: Path) -> None:
    """Write the differences and the curve."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["figure", "before", "after", "low", "high"])
        for each in answer.differences:
            writer.writerow(asdict(each).values())
        writer.writerow([])
        writer.writerow(
            ["service_level", "overflow_weight", *asdict(answer.curve[0].figures)]
        )
        for point in answer.curve:
            writer.writerow(
                [*asdict(point.aim).values(), *asdict(point.figures).values()]
            )
