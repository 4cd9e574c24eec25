"""`scripts/bench faults`: nothing lost, nothing doubled, whoever is killed.

    scripts/bench faults --kills 1000 --seed 1

Bins report to a broker, a gateway and a durable database. One of the four is killed
(kill -9), comes back, readings flow again, the next is killed. Bins are the firmware on
its own interpreter; their memory is torn by the kill and their clocks jump, as does the
database's. Then, as root, the database's disk is filled.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults.installation import BrokerProcess
from benchmarks.faults.mosquitto import MosquittoProcess
from benchmarks.faults.run import Outcome, run_full_disk, run_kills
from benchmarks.faults.small_disk import NoSmallDiskError
from benchmarks.report import Figure

BENCH = "faults"
RESENT_PCT = 5.0
BROKERS: dict[str, Callable[[Path], BrokerProcess] | None] = {
    "embedded": None,
    "mosquitto": MosquittoProcess,
}


def main() -> None:
    """Kill so many, fill the disk, and report."""
    options = _read_options()
    outcome = run_kills(
        options.kills,
        options.seed,
        broker=BROKERS[options.broker],
        say=_say if options.verbose else lambda _: None,
    )
    report(f"{options.broker}-seed-{options.seed}", outcome)
    if options.full_disks:
        _fill_disks(options.full_disks)


def _fill_disks(times: int) -> None:
    try:
        outcome = run_full_disk(times)
    except NoSmallDiskError as error:
        _say(f"no full disk: {error}")
    else:
        report("full-disk", outcome)


def report(case: str, outcome: Outcome) -> None:
    """Print what came of a run, a line each."""
    verdict = outcome.verdict
    lost = verdict.lost if outcome.is_finished else None
    _figure(case, "lost", lost, "readings", goal=0)
    _figure(case, "doubled", verdict.doubled, "readings", goal=0)
    _figure(case, "wrong", verdict.wrong, "readings", goal=0)
    _figure(case, "gaps", verdict.gaps, "rows", goal=0)
    _figure(case, "resent_pct", verdict.resent_pct, "%", goal=RESENT_PCT, digits=2)
    _figure(case, "made", verdict.made, "readings")
    _figure(case, "set_aside", verdict.set_aside, "readings")
    _figure(case, "sent_ahead", verdict.ahead, "readings")
    _figure(case, "torn_journals", verdict.torn, "starts")
    for kind in sorted(outcome.faults):
        _figure(case, f"faults_{kind}", outcome.faults[kind], "times")
    _figure(case, "duration", outcome.elapsed_s, "s")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broker", choices=sorted(BROKERS), default="embedded")
    parser.add_argument(
        "--full-disks", type=int, default=3, help="fill the database's disk so often"
    )
    parser.add_argument("--verbose", action="store_true", help="say each kill")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _figure(
    case: str,
    figure: str,
    value: float | None,
    unit: str,
    *,
    goal: float | None = None,
    digits: int = 0,
) -> None:
    Figure(
        bench=BENCH,
        case=case,
        figure=figure,
        value=value,
        unit=unit,
        goal=goal,
        digits=digits,
    ).print()
