"""Where a truck stands at noon, read from its run."""

from dataclasses import dataclass

import numpy as np

from benchmarks.day.morning import LUNCH
from routing.solver.model import Problem
from routing.solver.plan import Run, Step, StepKind

NOON_S = 12 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """A truck that left and is not back.

    Parameters
    ----------
    vehicle
        Which.
    heads_for
        Location that it is on its way to; the first it reaches.
    is_halt
        Whether it has something to do there; otherwise it drives home.
    left_s, left_m
        What is left of that way.
    leaves_s
        When it can go on: now, or when its work or break is over.
    had_lunch
        Whether lunch is over, or was at home.
    last
        The last step that was begun: what is on board afterwards.
    done
        Locations of the stops that it has emptied, or is emptying.
    """

    vehicle: int
    heads_for: int
    is_halt: bool
    left_s: int
    left_m: int
    leaves_s: int
    had_lunch: bool
    last: Step
    done: tuple[int, ...]


def has_left(run: Run) -> bool:
    """Return whether the run began before noon."""
    return run.steps[0].depart_s <= NOON_S


def stand_of(problem: Problem, run: Run) -> Stand | None:
    """Return where a truck is at noon; None if it has not left, or is back."""
    if not has_left(run) or run.steps[-1].arrive_s <= NOON_S:
        return None
    begun = [step for step in run.steps[:-1] if step.start_s <= NOON_S]
    coming = run.steps[len(begun) :]
    last = begun[-1]
    heads_for = next(step for step in coming if step.kind is not StepKind.BREAK)
    whole_s, whole_m = _way_to(problem, begun, heads_for)
    driven_s = _driven_on_leg(begun)
    driven_s += min(max(0, NOON_S - last.depart_s), coming[0].leg_travel_s)
    left_s = whole_s - driven_s
    return Stand(
        vehicle=run.vehicle,
        heads_for=heads_for.location,
        is_halt=heads_for.kind is not StepKind.RETURN,
        left_s=left_s,
        left_m=round(whole_m * left_s / whole_s) if whole_s else 0,
        leaves_s=max(NOON_S, last.depart_s),
        had_lunch=_had_lunch(run, begun),
        last=last,
        done=tuple(s.location for s in begun if s.kind is StepKind.PICKUP),
    )


def _way_to(problem: Problem, begun: list[Step], halt: Step) -> tuple[int, int]:
    here = next(s.location for s in reversed(begun) if s.kind is not StepKind.BREAK)
    seconds, metres = problem.ways.legs(np.array([here]), np.array([halt.location]))
    return int(seconds[0]), int(metres[0])


def _driven_on_leg(begun: list[Step]) -> int:
    """Sum up what was driven towards the next halt before the breaks on the way."""
    driven_s = 0
    for step in reversed(begun):
        if step.kind is not StepKind.BREAK:
            break
        driven_s += step.leg_travel_s
    return driven_s


def _had_lunch(run: Run, begun: list[Step]) -> bool:
    if run.steps[0].depart_s >= LUNCH.earliest_s + LUNCH.length_s:
        return True
    return any(
        step.kind is StepKind.BREAK and step.depart_s - step.start_s == LUNCH.length_s
        for step in begun
    )
