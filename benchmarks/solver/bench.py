"""How good the plans are: public instances, beside their best known values and peers.

    scripts/bench solver --instances DIR_OR_FILE [...] --seconds 30 --seeds 3
        [--peers pyvrp,vroom,hgs,ortools] [--goal 0.4]

One thread, CPU seconds, a fresh process for each seed. The value of every plan is
computed again from the numbers of its file, the peers' plans as well.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.solver.attempt import OURS, PEERS, SEEDLESS, attempt
from benchmarks.solver.gather import Case, find_files
from benchmarks.solver.install import ensure_installed
from benchmarks.solver.instance import load
from benchmarks.solver.lines import lines_of_case, lines_of_means


def main() -> None:
    """Measure and print."""
    options = _read_options()
    ensure_installed(options.peers)
    cases: list[Case] = []
    for path in find_files(options.instances):
        peers: list[Case] = []
        for solver in (*options.peers, *(() if options.only_peers else (OURS,))):
            case = _measure(solver, path, options)
            if case.was_tried:
                _print(case, peers, options)
                peers.append(case)
        cases += peers
    for line in lines_of_means(cases, goal=options.goal):
        line.print()


def _print(case: Case, peers: list[Case], options: argparse.Namespace) -> None:
    lines = lines_of_case(case, peers, seconds=options.seconds, goal=options.goal)
    for line in lines:
        line.print()


def _measure(solver: str, path: Path, options: argparse.Namespace) -> Case:
    seeds = range(1, options.seeds + 1)
    attempts = tuple(
        attempt(solver, str(path), seconds=options.seconds, seed=seed)
        for seed in (seeds[:1] if solver in SEEDLESS else seeds)
    )
    for seed, each in zip(seeds, attempts, strict=False):
        if each.lacks:
            sys.stderr.write(f"{path.name}: {solver} cannot state {each.lacks}\n")
            break
        for fault in each.faults[:3]:
            sys.stderr.write(f"{path.name}: {solver}, seed {seed}: {fault}\n")
    return Case(solver=solver, instance=load(path), attempts=attempts)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--instances", type=Path, nargs="+", required=True)
    parser.add_argument("--seconds", type=float, default=30.0, help="CPU, each seed")
    parser.add_argument("--seeds", type=int, default=1, help="1 to so many")
    parser.add_argument("--peers", type=_peers_of, default=(), help=",".join(PEERS))
    parser.add_argument("--only-peers", action="store_true", help="leave ours out")
    parser.add_argument("--goal", type=float, help="largest gap_pct")
    options = parser.parse_args()
    if options.seconds <= 0 or options.seeds < 1:
        parser.error("--seconds and --seeds must be above 0")
    return options


def _peers_of(text: str) -> tuple[str, ...]:
    names = tuple(name for name in text.split(",") if name)
    if strangers := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"{strangers[0]} is not one of {PEERS}")
    return names
