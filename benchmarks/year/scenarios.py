"""The worlds that `scripts/bench year` knows; another one is a function more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from routing.simulation import REGION, TOWN, Fleet, Scenario, World, make_world


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


def _made_up(scenario: Scenario, rho: float, goal: float, seed: int) -> Case:
    return Case(
        world=make_world(scenario, seed=seed),
        fleet=scenario.fleet,
        rho=rho,
        goal_vs_clairvoyant=goal,
    )


SCENARIOS: dict[str, Callable[[int], Case]] = {
    "A": partial(_made_up, REGION, 2.0, 1.5),
    "B": partial(_made_up, TOWN, 10.0, 2.5),
}
"""From a seed to a case."""
