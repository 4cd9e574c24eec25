"""A city like Groningen: one decision about bins and routes, against one after another.

The reference is the rule of the operator in Wouda, Aerts-Veenstra and van Foreest
(2024): so many bins a day, those that are full soonest, then routed. He drove to 250 a
day with four vehicles; the fewest with which the rule reaches the same service are
measured too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.report import Figure
from benchmarks.year.dial import Dial
from routing.simulation import Policy, World, Year, ours, simulate
from routing.simulation.groningen import GRONINGEN_FLEET, make_groningen
from routing.simulation.soonest import SoonestFull

BENCH, CASE = "year", "groningen"
USUAL_COUNT = 250
COUNTS = (150, 165, 180, 195, 210, 225, 250)
RHOS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
LATE_SHARE = 0.001
ITERATIONS = 10_000
DAYS_A_YEAR = 365
_SAVING_GOAL, _SERVICE_GOAL, _FILL_GOAL = 35.0, 99.9, 0.75


@dataclass(frozen=True, kw_only=True, slots=True)
class CityFigures:
    """One city: kilometres a day at a service of 99.9 %; None: not reached."""

    seed: int
    usual_km: float
    usual_service: float
    fewest_km: float | None
    ours_km: float | None
    ours_hours: float | None
    usual_hours: float
    fill_at_pickup: float | None


def measure_city(seed: int) -> CityFigures:
    """Live some weeks of one city under the rule and under ours."""
    world = make_groningen(seed=seed)
    usual = _live(world, SoonestFull(count=USUAL_COUNT))
    rule = Dial(
        name="select, then route",
        settings=COUNTS,
        live=lambda count: _live(world, SoonestFull(count=round(count))),
        start=COUNTS.index(195),
    )
    our = Dial(
        name="ours",
        settings=RHOS,
        live=lambda rho: _live(world, ours(rho)),
        start=RHOS.index(2.0),
    )
    return CityFigures(
        seed=seed,
        usual_km=_km_a_day(usual),
        usual_service=usual.in_time_share,
        usual_hours=_hours_a_day(usual),
        fewest_km=rule.at_late_share(LATE_SHARE, _km_a_day),
        ours_km=our.at_late_share(LATE_SHARE, _km_a_day),
        ours_hours=our.at_late_share(LATE_SHARE, _hours_a_day),
        fill_at_pickup=our.at_late_share(LATE_SHARE, lambda y: y.fill_at_pickup),
    )


def _live(world: World, policy: Policy) -> Year:
    return simulate(world, policy, fleet=GRONINGEN_FLEET, iterations=ITERATIONS)


def _km_a_day(year: Year) -> float:
    return year.km / DAYS_A_YEAR


def _hours_a_day(year: Year) -> float:
    return year.hours / DAYS_A_YEAR


def lines_of_city(found: Sequence[CityFigures]) -> Iterator[Figure]:
    """Say what choosing and routing in one saves, at a service of 99.9 %."""
    whole = [each for each in found if each.ours_km is not None]
    is_whole = len(whole) == len(found)
    ours_km = _mean([each.ours_km for each in whole]) if is_whole else None
    usual_km = _mean([each.usual_km for each in found])
    yield _figure("km_a_day", ours_km, "km", "250 a day, then routed", usual_km)
    yield _saving("km_saving_pct", ours_km, usual_km, "250 a day", _SAVING_GOAL)
    fewest = [each.fewest_km for each in found if each.fewest_km is not None]
    if len(fewest) == len(found):
        name = "km_saving_vs_fewest_pct"
        yield _saving(name, ours_km, _mean(fewest), "fewest a day at 99.9 %", None)
    hours = _mean([each.ours_hours for each in whole]) if is_whole else None
    usual_hours = _mean([each.usual_hours for each in found])
    yield _saving("hours_saving_pct", hours, usual_hours, "250 a day", None)
    service = 100 * (1 - LATE_SHARE) if is_whole else None
    yield _figure(
        "service_pct",
        service,
        "%",
        "250 a day",
        100 * _mean([each.usual_service for each in found]),
        goal=_SERVICE_GOAL,
    )
    fill = _mean([each.fill_at_pickup for each in whole]) if is_whole else None
    yield _figure("fill_at_pickup", fill, "share", goal=_FILL_GOAL)


def _figure(
    name: str,
    value: float | None,
    unit: str,
    reference: str = "",
    reference_value: float | None = None,
    *,
    goal: float | None = None,
) -> Figure:
    return Figure(
        bench=BENCH,
        case=CASE,
        figure=name,
        value=value,
        unit=unit,
        reference=reference,
        reference_value=reference_value,
        goal=goal,
        is_floor=True,
        digits=2,
    )


def _saving(
    name: str, ours: float | None, theirs: float, reference: str, goal: float | None
) -> Figure:
    saved = None if ours is None else 100 * (1 - ours / theirs)
    return _figure(name, saved, "%", reference, goal=goal)


def _mean(values: Sequence[float | None]) -> float:
    known = [each for each in values if each is not None]
    return sum(known) / len(known)
