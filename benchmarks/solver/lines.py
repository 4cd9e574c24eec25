"""The lines of JSON: one case, and the means of a family."""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.report import Figure
from benchmarks.solver.attempt import OURS
from benchmarks.solver.conventions import Kind
from benchmarks.solver.gather import Case, mean_of
from benchmarks.solver.kim_verdict import KIM_2006

BENCH = "solver"
KIM = "Kim et al. 2006, algorithm 2"
MILES_GOAL_PCT = -15.0  # below Kim's miles, on average


def lines_of_case(
    case: Case, peers: Sequence[Case], *, seconds: float, goal: float | None
) -> Iterator[Figure]:
    """Show one instance by one solver, beside the best peer of this run."""
    name = case.name if case.solver == OURS else f"{case.name} by {case.solver}"
    best = best_of(peers) if case.solver == OURS else None
    yield _feasible(name, [case])
    if case.instance.kind is Kind.WASTE:
        yield from _lines_of_waste(name, case)
    else:
        yield from _lines_of_value(name, case, best, goal)
    for figure, unit in (("first_plan_s", "s"), ("peak_mb", "MB")):
        measured = case.measured(figure)
        if measured is None and case.solver != OURS:
            continue  # VROOM and HGS do not tell when they had a first plan
        yield _figure(
            name,
            figure,
            measured,
            unit,
            reference=best.solver if best else "",
            reference_value=best.measured(figure) if best else None,
        )
    yield _figure(
        name,
        "cpu_s",
        case.measured("cpu_s"),
        "s",
        reference="budget",
        reference_value=seconds,
    )


def lines_of_means(cases: Sequence[Case], *, goal: float | None) -> Iterator[Figure]:
    """Show the means of every family, of every solver over what it can state."""
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        if case.was_tried:
            groups.setdefault((case.family, case.solver), []).append(case)
    for (family, solver), same in groups.items():
        by = "" if solver == OURS else f" by {solver}"
        name = f"mean of {len(same)} {family}{by}"
        yield _feasible(name, same)
        if same[0].instance.kind is Kind.WASTE:
            yield from _means_of_waste(name, same)
            continue
        peer, peer_gap = _best_mean(groups, family, len(same), solver)
        yield _figure(
            name,
            "gap_pct",
            mean_of([case.gap_pct for case in same]),
            "%",
            reference=peer or "best known",
            reference_value=peer_gap,
            goal=goal if solver == OURS else None,
        )
        for figure, unit in (("first_plan_s", "s"), ("peak_mb", "MB")):
            measured = mean_of([case.measured(figure) for case in same])
            if measured is not None or solver == OURS:
                yield _figure(name, figure, measured, unit)


def best_of(peers: Sequence[Case]) -> Case | None:
    """Return the peer with the lowest mean value, of those that always had a plan."""
    with_value = [(case.value, case) for case in peers if case.value is not None]
    return min(with_value, key=lambda pair: pair[0])[1] if with_value else None


def _best_mean(
    groups: dict[tuple[str, str], list[Case]], family: str, count: int, solver: str
) -> tuple[str, float]:
    """Return the peer with the lowest mean gap, of those that did the same cases."""
    if solver != OURS:
        return "", 0.0
    means = [
        (mean_of([case.gap_pct for case in same]), peer)
        for (its_family, peer), same in groups.items()
        if its_family == family and peer != OURS and len(same) == count
    ]
    known = [(gap, peer) for gap, peer in means if gap is not None]
    gap, peer = min(known, default=(0.0, ""))
    return peer, gap


def _feasible(name: str, same: Sequence[Case]) -> Figure:
    return _figure(
        name,
        "feasible",
        mean_of([case.feasible for case in same]),
        "share",
        goal=1.0 if same[0].solver == OURS else None,
        is_floor=True,
    )


def _lines_of_value(
    name: str, case: Case, best: Case | None, goal: float | None
) -> Iterator[Figure]:
    bks = case.instance.bks
    yield _figure(
        name,
        "value",
        case.value,
        "published unit",
        reference=best.solver if best else "best known",
        reference_value=best.value if best else bks,
        digits=5,
    )
    if bks is not None:
        yield _figure(
            name,
            "gap_pct",
            case.gap_pct,
            "%",
            reference=best.solver if best else "best known",
            reference_value=best.gap_pct if best else 0.0,
            goal=goal if case.solver == OURS else None,
        )


def _lines_of_waste(name: str, case: Case) -> Iterator[Figure]:
    published = KIM_2006.get(case.instance.path.stem)
    yield _figure(
        name,
        "vehicles",
        case.measured("vehicles"),
        "vehicles",
        reference=KIM if published else "",
        reference_value=published.vehicles if published else None,
        goal=published.vehicles if published and case.solver == OURS else None,
    )
    yield _figure(
        name,
        "miles",
        case.measured("miles"),
        "miles",
        reference=KIM if published else "",
        reference_value=published.miles if published else None,
    )


def _means_of_waste(name: str, same: Sequence[Case]) -> Iterator[Figure]:
    compared = [
        (case.measured("miles"), KIM_2006[case.instance.path.stem].miles)
        for case in same
        if case.instance.path.stem in KIM_2006
    ]
    above_pct = [
        None if miles is None else 100 * (miles / theirs - 1)
        for miles, theirs in compared
    ]
    if not compared:
        return
    yield _figure(
        f"{name}, {len(compared)} of them published",
        "miles_above_kim_pct",
        mean_of(above_pct),
        "%",
        reference=KIM,
        reference_value=0.0,
        goal=MILES_GOAL_PCT if same[0].solver == OURS else None,
    )


def _figure(
    case: str,
    figure: str,
    value: float | None,
    unit: str,
    **more: Any,  # noqa: ANN401 - fields of Figure
) -> Figure:
    return Figure(bench=BENCH, case=case, figure=figure, value=value, unit=unit, **more)
