"""What the hardware's checks find, and what they measure of the device.

    scripts/bench hardware [--drawn 40]

Boards with one slip of the pen are judged by the rules, all of them, and by SKiDL
alone, `--drawn` of each kind; then the command that makes a release's files is run, and
its reports are read. Needs `scripts/check_hardware`'s environment, and sets it up.
"""

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.hardware.mutants import list_mutants
from benchmarks.report import Figure
from hardware.budget.lasting import Budget, Choice
from hardware.budget.metered import load_days
from hardware.design.placed import load_sources
from hardware.rules.everything import faults

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-hardware/bin/python"
USUAL = "6 reports a day"
WALL_MM, CLEARANCE_MM = 2.0, 1.0
COST_EUR, YEARS = 35.0, 3.0
SEED = 8

line = partial(Figure, bench="hardware", digits=2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drawn", type=int, default=40)
    drawn: int = parser.parse_args().drawn
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        out = Path(name)
        found = _build(out)
        for figure in (
            *_of_rules(_share_of_skidl(drawn)),
            *_of_build(out, found),
            *_of_boxes(out / "enclosure"),
            *_of_bills(out),
            *_of_batteries(),
        ):
            figure.print()


def _build(out: Path) -> list[str]:
    """Make all files as a release does; return what is not good."""
    command = [str(ROOT / "scripts/check_hardware"), "build", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stderr.splitlines()
    found = [each for each in said if "not good: " in each]
    if done.returncode and not found:
        raise SystemExit(done.stderr)
    return found


def _share_of_skidl(count: int) -> Mapping[str, float]:
    module = "benchmarks.hardware.skidl_alone"
    done = subprocess.run(
        [PYTHON, "-m", module, str(count), str(SEED)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    shares: dict[str, float] = json.loads(done.stdout)
    return shares


def _of_rules(skidl: Mapping[str, float]) -> Iterator[Figure]:
    sources = load_sources()
    mutants = list_mutants(sources)
    of_kind = Counter(each.kind for each in mutants)
    found = Counter(each.kind for each in mutants if faults(each.apply(sources)))
    for kind, number in of_kind.items():
        yield line(
            case=f"{kind}, all {number}",
            figure="slips_found_pct",
            value=100 * found[kind] / number,
            unit="%",
            reference="SKiDL's rules alone, some of them",
            reference_value=100 * skidl[kind],
            goal=100.0,
            is_floor=True,
        )


def _of_build(out: Path, found: list[str]) -> Iterator[Figure]:
    devices = len(list(out.glob("*/board.net")))
    yield line(
        case=f"{devices} devices, 2 boxes",
        figure="not_good",
        value=len(found),
        unit="findings",
        goal=0,
    )


def _of_boxes(folder: Path) -> Iterator[Figure]:
    for path in sorted(folder.glob("*/report.json")):
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
        measured = partial(line, case=path.parent.name)
        gaps_mm = [
            each["clearance_mm"]
            for each in report["fits"]
            if each["clearance_mm"] is not None
        ]
        yield measured(
            figure="wall_mm_min",
            value=min(each["thinnest_mm"] for each in report["walls"]),
            unit="mm",
            goal=WALL_MM,
            is_floor=True,
        )
        yield measured(
            figure="clearance_mm_min",
            value=round(min(gaps_mm), 3),  # as near as the kernel reckons
            unit="mm",
            goal=CLEARANCE_MM,
            is_floor=True,
        )
        yield measured(
            figure="overlap_mm3",
            value=sum(each["overlap_mm3"] for each in report["fits"]),
            unit="mm3",
            goal=0.01,
        )
        yield measured(
            figure="leaky_meshes",
            value=sum(not each["is_watertight"] for each in report["meshes"]),
            unit="parts",
            goal=0,
        )


def _of_bills(out: Path) -> Iterator[Figure]:
    for path in sorted(out.glob("*/costs_eur.json")):
        costs_eur: dict[str, float] = json.loads(path.read_text("utf-8"))
        yield line(
            case=path.parent.name,
            figure="bom_eur_100",
            value=costs_eur["100"],
            unit="EUR",
            reference="one alone",
            reference_value=costs_eur["1"],
            goal=COST_EUR,
        )


def _of_batteries() -> Iterator[Figure]:
    budget, day = Budget(), load_days()[USUAL]
    for name, climate in budget.typical.climates.items():
        answer = budget.answer(day, Choice(climate=name))
        yield line(
            case=f"one 18650, {USUAL}, {climate.title}",
            figure="battery_years",
            value=answer.typical_years,
            unit="years",
            reference="everything at its worse end",
            reference_value=answer.low_years,
            goal=YEARS,
            is_floor=True,
        )
