"""`ullage simulate A`: a made-up operator under the policies that compete."""

import argparse
import csv
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from backend.city.telling import Tell
from backend.cli.bars import showing_progress
from backend.cli.curve import Chart, Series, show
from backend.cli.errors import CommandError
from routing.simulation import (
    GRONINGEN_FLEET,
    SCENARIOS,
    Fleet,
    Policy,
    Scenario,
    SoonestFull,
    Threshold,
    World,
    Year,
    clairvoyant,
    interval,
    make_groningen,
    make_world,
    ours,
    simulate,
    tailored_plan,
)

PolicyAt = Callable[[World, float], Policy]
POLICIES: Mapping[str, tuple[PolicyAt, tuple[float, ...]]] = {
    "best fixed plan": (tailored_plan, (0.4, 0.55, 0.7, 0.85)),
    "select, then route": (
        lambda world, share: SoonestFull(count=round(share * len(world))),
        (0.15, 0.2, 0.25, 0.3),
    ),
    "threshold": (lambda _world, fill: Threshold(fill=fill), (0.5, 0.65, 0.8)),
    "Ullage": (lambda _world, rho: ours(rho), (0.5, 1.0, 2.0, 4.0)),
    "clairvoyant": (lambda _world, rho: clairvoyant(rho), (0.5, 1.0, 2.0, 4.0)),
}
FIGURES: Mapping[str, Callable[[Year], float]] = {
    "km": lambda year: year.km,
    "hours": lambda year: year.hours,
    "overflow h/bin": lambda year: year.overflow_h,
    "tonnes": lambda year: year.tonnes,
    "fill at pickup": lambda year: year.fill_at_pickup,
    "in time": lambda year: year.in_time_share,
    "CO2 kg": lambda year: year.co2_kg,
}
LEAST_DAYS, SETTLING_DAYS = 7, 28
DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True, slots=True)
class Operator:
    """A made-up operator: `make(seed, days)` draws its world."""

    make: Callable[[int, int], World]
    fleet: Fleet


def _draw(scenario: Scenario, seed: int, days: int) -> World:
    settling = scenario.days - DAYS_A_YEAR
    return make_world(replace(scenario, days=settling + days), seed=seed)


def _draw_groningen(seed: int, days: int) -> World:
    return make_groningen(seed=seed, days=SETTLING_DAYS + days)


OPERATORS = {
    name: Operator(make=partial(_draw, each), fleet=each.fleet)
    for name, each in SCENARIOS.items()
} | {"groningen": Operator(make=_draw_groningen, fleet=GRONINGEN_FLEET)}


def run_scenario(arguments: argparse.Namespace, *, usual_days: int) -> int:
    """Simulate the policies, print the table, draw the frontier."""
    operator = _choose(arguments.scenario)
    days = usual_days if arguments.days is None else arguments.days
    if days < LEAST_DAYS:
        raise CommandError(f"--days {days}: at least {LEAST_DAYS}")
    with showing_progress(sys.stderr) as tell:
        years = try_policies(operator, days=days, seeds=arguments.seeds, tell=tell)
    show(describe(years), make_chart(years), arguments.svg)
    if arguments.csv:
        write_csv(years, arguments.csv)
    return 0


def _choose(name: str | None) -> Operator:
    if name not in OPERATORS:
        known = ", ".join(sorted(OPERATORS))
        raise CommandError(f"say which: --own, or a made-up operator: {known}")
    return OPERATORS[name]


def try_policies(
    operator: Operator, *, days: int, seeds: int, tell: Tell
) -> dict[tuple[str, float], list[Year]]:
    """Live every world through under every policy; a year for each seed."""
    years: dict[tuple[str, float], list[Year]] = {}
    for seed in range(seeds):
        world = operator.make(seed, days)
        for name, (policy_at, dials) in POLICIES.items():
            for number, dial in enumerate(dials):
                tell(f"{name}, seed {seed + 1}", number / len(dials))
                policy = policy_at(world, dial)
                year = simulate(world, policy, fleet=operator.fleet, seed=seed)
                years.setdefault((name, dial), []).append(year)
    return years


def describe(years: Mapping[tuple[str, float], Sequence[Year]]) -> str:
    """Say in a table what each policy makes of a year, with 95 % over the seeds."""
    lines = [f"{'a year':<24}" + "".join(f"{name:>20}" for name in FIGURES)]
    for (name, dial), each in years.items():
        cells = []
        for read in FIGURES.values():
            spread = interval([read(year) for year in each])
            more = "" if len(each) == 1 else f" ± {spread.high - spread.mean:,.3g}"
            cells.append(f"{spread.mean:,.5g}{more}")
        lines.append(f"{f'{name} {dial:g}':<24}" + "".join(f"{c:>20}" for c in cells))
    return "\n".join(lines)


def make_chart(years: Mapping[tuple[str, float], Sequence[Year]]) -> Chart:
    """Draw km against overflow, one curve a policy."""
    names = list(dict.fromkeys(name for name, _ in years))
    return Chart(
        x_name="overflow, hours a bin and year",
        y_name="km a year",
        series=tuple(
            Series(
                name=name,
                points=tuple(
                    (
                        interval([year.overflow_h for year in each]).mean,
                        interval([year.km for year in each]).mean,
                    )
                    for (of, _), each in years.items()
                    if of == name
                ),
            )
            for name in names
        ),
    )


def write_csv(years: Mapping[tuple[str, float], Sequence[Year]], path: Path) -> None:
    """Write every policy's figures, seed by seed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["policy", "dial", "seed", *FIGURES])
        for (name, dial), each in years.items():
            for seed, year in enumerate(each):
                figures = [read(year) for read in FIGURES.values()]
                writer.writerow([name, dial, seed, *figures])
