"""Compare policies fairly: at equal overflow, over the same seeds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from routing.simulation.fleet import Fleet
from routing.simulation.policy import Policy
from routing.simulation.simulate import simulate
from routing.simulation.world import World
from routing.simulation.year import Year


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Point:
    """What one setting of a policy's dial leads to."""

    dial: float
    year: Year


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """A mean over seeds, and where it lies with a certainty of 95 %."""

    mean: float
    low: float
    high: float


def frontier(
    world: World,
    policy_at: Callable[[float], Policy],
    dials: Iterable[float],
    *,
    fleet: Fleet,
    seed: int = 0,
) -> list[Point]:
    """Simulate a policy at several settings of its dial."""
    return [
        Point(dial=dial, year=simulate(world, policy_at(dial), fleet=fleet, seed=seed))
        for dial in dials
    ]


def read_at(
    years: Sequence[Year],
    goal: float,
    *,
    of: Callable[[Year], float],
    figure: Callable[[Year], float],
) -> float | None:
    """Read a figure where another one would be at a goal.

    Interpolated between the two settings around it; None if no two are.
    """
    known = sorted((of(year), figure(year)) for year in years)
    at = [each[0] for each in known]
    if not known or not at[0] <= goal <= at[-1]:
        return None
    return float(np.interp(goal, at, [each[1] for each in known]))


def at_equal_overflow(
    years: Sequence[Year], overflow_h: float, figure: Callable[[Year], float]
) -> float | None:
    """Read a figure where a policy's overflow would be this; None: it never is."""
    return read_at(years, overflow_h, of=lambda year: year.overflow_h, figure=figure)


def at_equal_km(years: Sequence[Year], km: float) -> float | None:
    """Read the overflow where a policy would drive so far; None: it never does."""
    return read_at(
        years, km, of=lambda year: year.km, figure=lambda year: year.overflow_h
    )


def interval(values: Sequence[float], certainty: float = 0.95) -> Interval:
    """Return the mean of paired differences, and Student's interval around it."""
    array = np.asarray(values, np.float64)
    mean = float(array.mean())
    if len(array) < 2:  # noqa: PLR2004 - one value has no spread
        return Interval(mean=mean, low=-np.inf, high=np.inf)
    error = float(array.std(ddof=1) / np.sqrt(len(array)))
    width = float(student.ppf((1 + certainty) / 2, len(array) - 1)) * error
    return Interval(mean=mean, low=float(mean - width), high=float(mean + width))
