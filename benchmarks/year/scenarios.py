"""The worlds that `scripts/bench year` knows; another one is a function more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.year.real_series import read_glass_banks, read_street_bins
from routing.simulation import REGION, TOWN, Fleet, Scenario, World, make_world
from routing.simulation.replay import Series, replay


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Case:
    """A world, who drives there, and where policies are looked for.

    Parameters
    ----------
    rho
        The first setting of the service level that is tried.
    goal_vs_clairvoyant
        Overflow over that of the clairvoyant, at equal kilometres.
    """

    world: World
    fleet: Fleet
    rho: float
    goal_vs_clairvoyant: float


CaseOf = Callable[[int], Case]
"""From a seed to a case."""


def _made_up(scenario: Scenario, rho: float, goal: float, seed: int) -> Case:
    return Case(
        world=make_world(scenario, seed=seed),
        fleet=scenario.fleet,
        rho=rho,
        goal_vs_clairvoyant=goal,
    )


def _replayed(
    scenario: Scenario,
    read: Callable[[Path], Series],
    folder: Path,
    rho: float,
    goal: float,
    seed: int,
) -> Case:
    return Case(
        world=replay(scenario, read(folder), seed=seed),
        fleet=scenario.fleet,
        rho=rho,
        goal_vs_clairvoyant=goal,
    )


MADE_UP: dict[str, CaseOf] = {
    "A": partial(_made_up, REGION, 0.5, 1.5),
    "B": partial(_made_up, TOWN, 2.5, 2.5),
}
REPLAYED: dict[str, Callable[[Path], CaseOf]] = {
    "replay glass": lambda folder: partial(
        _replayed, REGION, read_glass_banks, folder, 0.5, 1.5
    ),
    "replay street": lambda folder: partial(
        _replayed, TOWN, read_street_bins, folder, 2.5, 2.5
    ),
}


def find_cases(scenario: str, folder: Path | None) -> dict[str, CaseOf]:
    """Find what a name stands for; a replay needs the folder of the readings."""
    if scenario != "replay":
        return {scenario: MADE_UP[scenario]}
    if folder is None:
        raise SystemExit("--scenario replay needs --data DIR, with the readings")
    return {name: make(folder) for name, make in REPLAYED.items()}
