"""One world, all policies: what each drives at equal overflow."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.year.dial import Dial
from benchmarks.year.scenarios import SCENARIOS, Case
from routing.simulation import (
    Policy,
    Threshold,
    Year,
    clairvoyant,
    ours,
    simulate,
    tailored_plan,
    uniform_plan,
)

FACTOR = 2.0
_STEPS = 5
UNIFORM_DAYS = (14.0, 7.0, 3.5, 2.4, 1.4)
TAILORED_FILLS = (0.9, 0.75, 0.6, 0.45, 0.35, 0.25)
THRESHOLDS = (0.8, 0.7, 0.6, 0.5, 0.4)
_BESIDE_LESS, _BESIDE_SHARE = 0.25, 0.1  # of the mean way


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """What the policies need at one overflow; None: not reached.

    Parameters
    ----------
    fixed_km, fixed_hours
        The least of all fixed rounds.
    """

    overflow_h: float
    fixed_km: float | None
    fixed_hours: float | None
    ours_km: float | None
    ours_hours: float | None
    service_share: float | None
    fill_at_pickup: float | None
    clairvoyant_overflow_h: float | None
    threshold_km: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeedFigures:
    """One world's figures, level by level."""

    seed: int
    levels: tuple[Level, ...]
    goal_vs_clairvoyant: float


def measure_seed(
    scenario: str, seed: int, *, levels: tuple[float, ...], with_thresholds: bool
) -> SeedFigures:
    """Live one world through under all policies."""
    case = SCENARIOS[scenario](seed)
    fixed = [
        _dial("uniform", UNIFORM_DAYS, case, lambda d: uniform_plan(case.world, d)),
        _dial("tailored", TAILORED_FILLS, case, lambda f: tailored_plan(case.world, f)),
    ]
    rhos = tuple(case.rho * FACTOR**step for step in range(-_STEPS, _STEPS + 1))
    our = _dial("ours", rhos, case, ours)
    seer = _dial("clairvoyant", rhos, case, clairvoyant)
    thresholds = _thresholds(case) if with_thresholds else []
    return SeedFigures(
        seed=seed,
        levels=tuple(
            _at_level(level, fixed=fixed, our=our, seer=seer, thresholds=thresholds)
            for level in levels
        ),
        goal_vs_clairvoyant=case.goal_vs_clairvoyant,
    )


def _at_level(
    level: float, *, fixed: list[Dial], our: Dial, seer: Dial, thresholds: list[Dial]
) -> Level:
    ours_km = our.at_overflow(level, km)
    return Level(
        overflow_h=level,
        fixed_km=_least(fixed, level, km),
        fixed_hours=_least(fixed, level, hours),
        ours_km=ours_km,
        ours_hours=our.at_overflow(level, hours),
        service_share=our.at_overflow(level, lambda year: year.service_share),
        fill_at_pickup=our.at_overflow(level, lambda year: year.fill_at_pickup),
        clairvoyant_overflow_h=None if ours_km is None else seer.overflow_at(ours_km),
        threshold_km=_least(thresholds, level, km),
    )


def km(year: Year) -> float:
    """Read the kilometres."""
    return year.km


def hours(year: Year) -> float:
    """Read the driver hours."""
    return year.hours


def _thresholds(case: Case) -> list[Dial]:
    beside_m = _BESIDE_SHARE * float(case.world.distance_m.mean())

    def with_neighbours(fill: float) -> Policy:
        return Threshold(
            fill=fill, beside_fill=max(0.0, fill - _BESIDE_LESS), beside_m=beside_m
        )

    return [
        _dial("threshold", THRESHOLDS, case, lambda fill: Threshold(fill=fill)),
        _dial("threshold, neighbours", THRESHOLDS, case, with_neighbours),
    ]


def _dial(
    name: str,
    settings: tuple[float, ...],
    case: Case,
    policy_at: Callable[[float], Policy],
) -> Dial:
    def live(setting: float) -> Year:
        return simulate(case.world, policy_at(setting), fleet=case.fleet)

    return Dial(name=name, settings=settings, live=live, start=len(settings) // 2)


def _least(
    dials: list[Dial], level: float, figure: Callable[[Year], float]
) -> float | None:
    found = [each.at_overflow(level, figure) for each in dials]
    return min((each for each in found if each is not None), default=None)
