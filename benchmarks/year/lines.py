"""Figures of all seeds, as lines of JSON."""

from collections.abc import Callable, Iterator, Sequence

from benchmarks.report import Figure
from benchmarks.year.seed import Level, SeedFigures
from routing.simulation import interval

BENCH = "year"
_SAVING_GOAL, _LOW_GOAL, _WORST_GOAL = 25.0, 20.0, 0.0

Pair = tuple[float, float]


def lines_of(
    scenario: str, level: float, found: Sequence[SeedFigures]
) -> Iterator[Figure]:
    """Say what was saved at one overflow, and how surely."""
    case = f"{scenario} {level:g} h"
    levels = [
        each for seed in found for each in seed.levels if each.overflow_h == level
    ]
    km = _pairs(levels, lambda e: (e.ours_km, e.fixed_km))
    hours = _pairs(levels, lambda e: (e.ours_hours, e.fixed_hours))
    yield from _saving(case, "km_saving", km, len(levels))
    yield from _saving(case, "hours_saving", hours, len(levels))
    yield _mean(case, "km", "km", km, "best fixed rounds")
    yield _mean(case, "driver_hours", "h", hours, "best fixed rounds")
    seer = _pairs(levels, lambda e: (e.overflow_h, e.clairvoyant_overflow_h))
    yield _ratio(case, seer, found[0].goal_vs_clairvoyant)
    plain = _pairs(levels, lambda e: (e.threshold_km, e.fixed_km))
    if plain:
        yield _mean(case, "threshold_km", "km", plain, "best fixed rounds")
    for name, values in (
        ("service_pct", [100 * e.service_share for e in levels if e.service_share]),
        ("fill_at_pickup", [e.fill_at_pickup for e in levels if e.fill_at_pickup]),
    ):
        value = sum(values) / len(values) if values else None
        unit = "%" if name.endswith("pct") else "share"
        yield Figure(bench=BENCH, case=case, figure=name, value=value, unit=unit)


def _pairs(
    levels: Sequence[Level],
    read: Callable[[Level], tuple[float | None, float | None]],
) -> list[Pair]:
    """Return both numbers of the seeds that have both."""
    read_all = [read(each) for each in levels]
    return [(a, b) for a, b in read_all if a is not None and b is not None]


def _saving(
    case: str, name: str, pairs: Sequence[Pair], seeds: int
) -> Iterator[Figure]:
    """Say mean, interval and the worst seed; a seed without figures fails them all."""
    saved = [100 * (1 - ours / fixed) for ours, fixed in pairs]
    is_whole = len(saved) == seeds and seeds > 0
    width = interval(saved) if is_whole else None
    lines: list[tuple[str, float | None, float | None]] = [
        (f"{name}_pct", width.mean if width else None, _SAVING_GOAL),
        (f"{name}_worst_pct", min(saved) if width else None, _WORST_GOAL),
    ]
    if seeds > 1:  # one world has no interval
        lines += [
            (f"{name}_low_pct", width.low if width else None, _LOW_GOAL),
            (f"{name}_high_pct", width.high if width else None, None),
        ]
    for figure, value, goal in lines:
        yield Figure(
            bench=BENCH,
            case=case,
            figure=figure,
            value=value,
            unit="%",
            goal=goal,
            is_floor=True,
            digits=1,
        )


def _mean(
    case: str, name: str, unit: str, pairs: Sequence[Pair], reference: str
) -> Figure:
    return Figure(
        bench=BENCH,
        case=case,
        figure=name,
        value=sum(a for a, _ in pairs) / len(pairs) if pairs else None,
        unit=unit,
        reference=reference,
        reference_value=sum(b for _, b in pairs) / len(pairs) if pairs else None,
        digits=0,
    )


def _ratio(case: str, pairs: Sequence[Pair], goal: float) -> Figure:
    ratios = [ours / seer for ours, seer in pairs if seer > 0]
    return Figure(
        bench=BENCH,
        case=case,
        figure="overflow_vs_clairvoyant",
        value=sum(ratios) / len(ratios) if ratios else None,
        unit="x",
        reference="clairvoyant at equal km",
        reference_value=sum(b for _, b in pairs) / len(pairs) if pairs else None,
        goal=goal,
        digits=2,
    )
