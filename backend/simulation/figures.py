"""What the simulated weeks came to, and how two answers differ."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from backend.simulation.bins import KnownBins
from backend.simulation.groups import Group
from backend.simulation.result import Difference, Figures
from routing.simulation import Year, interval

WEEKS_A_YEAR = 365 / 7
HOURS_A_YEAR = 365 * 24.0


def sum_up(
    groups: Sequence[Group], years: Sequence[Year], stranded: KnownBins
) -> Figures:
    """Add the groups of one seed up, and make weeks of the years.

    The bins that nobody comes for are full for ever: what is thrown away there is lost.
    """
    bins = [len(each.bins) for each in groups]
    come_l = [float(each.bins.per_day @ each.bins.volume_l) for each in groups]
    lost_l = float(stranded.per_day @ stranded.volume_l)
    pickups = [each.pickups for each in years]
    fixed_cents = [
        7
        * float(year.days.vehicles.mean())
        * float(np.mean([each.cents_per_day for each in group.vehicles]))
        for group, year in zip(groups, years, strict=True)
    ]
    found_room = [each.service_share for each in years]
    full_h = [each.overflow_h for each in years]
    return Figures(
        km=sum(each.km for each in years) / WEEKS_A_YEAR,
        hours=sum(each.hours for each in years) / WEEKS_A_YEAR,
        pickups=sum(pickups) / WEEKS_A_YEAR,
        tonnes=sum(each.tonnes for each in years) / WEEKS_A_YEAR,
        overflow_h=_mean([*full_h, HOURS_A_YEAR], [*bins, len(stranded)]),
        service_pct=100 * _mean([*found_room, 0.0], [*come_l, lost_l]),
        fill_at_pickup=_mean([each.fill_at_pickup for each in years], pickups),
        co2_kg=sum(each.co2_kg for each in years) / WEEKS_A_YEAR,
        cents=sum(each.money_cents for each in years) / WEEKS_A_YEAR + sum(fixed_cents),
    )


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    whole = sum(weights)
    if not whole:
        return 0.0
    return sum(v * w for v, w in zip(values, weights, strict=True)) / whole


def mean_figures(of_seeds: Sequence[Figures]) -> Figures:
    """Average over the seeds."""
    return Figures(
        **{
            each.name: float(np.mean([getattr(one, each.name) for one in of_seeds]))
            for each in fields(Figures)
        }
    )


def compare(before: Sequence[Figures], after: Sequence[Figures]) -> list[Difference]:
    """Compare figure by figure, seed by seed."""
    return [_difference(each.name, before, after) for each in fields(Figures)]


def _difference(
    name: str, before: Sequence[Figures], after: Sequence[Figures]
) -> Difference:
    were: list[float] = [getattr(each, name) for each in before]
    are: list[float] = [getattr(each, name) for each in after]
    pairs = [is_ - was for is_, was in zip(are, were, strict=True)]
    spread = interval(pairs)
    is_known = len(pairs) > 1
    return Difference(
        name=name,
        before=float(np.mean(were)),
        after=float(np.mean(are)),
        low=float(spread.low) if is_known else None,
        high=float(spread.high) if is_known else None,
    )
