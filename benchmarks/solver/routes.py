"""Routes in the numbers of an instance's file, whoever found them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from routing.arrays import IntArray
from routing.solver.plan import Plan, StepKind

_ON_THE_GROUND = (StepKind.PICKUP, StepKind.TIP)


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """What one vehicle does: the file's nodes that it halts at, both ends left out."""

    vehicle: int
    nodes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What routes are worth by the file's own numbers, and which rules they break.

    `value` is in the unit of the published values. `figures` has what some families
    are compared by instead.
    """

    value: float
    faults: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)


def routes_of_halts(
    halts: Sequence[Iterable[int]], nodes: IntArray, vehicles: IntArray
) -> tuple[Route, ...]:
    """Translate halts (locations by vehicle of the problem) to the file's numbers."""
    return tuple(
        Route(vehicle=int(vehicles[v]), nodes=tuple(int(nodes[k]) for k in halted))
        for v, halted in ((v, tuple(each)) for v, each in enumerate(halts))
        if halted
    )


def halts_of(plan: Plan, vehicle_count: int) -> list[list[int]]:
    """Return the locations of pickups and tips by vehicle."""
    halts: list[list[int]] = [[] for _ in range(vehicle_count)]
    for run in plan.runs:
        halts[run.vehicle] = [
            step.location for step in run.steps if step.kind in _ON_THE_GROUND
        ]
    return halts
