"""From a problem to halts: broken locks aside, a first plan, guided local search."""

from dataclasses import replace
from time import perf_counter

from routing.arrays import BoolArray
from routing.solver.model import Problem
from routing.solver.or_tools.draft import draft_plan
from routing.solver.or_tools.locks import Halts
from routing.solver.or_tools.search import Effort, Heard, first_sound, search
from routing.solver.or_tools.state import Stated, state
from routing.solver.or_tools.usable import Usable, usable


def route(  # noqa: PLR0913
    problem: Problem,
    can_take: BoolArray,
    halts: Halts | None,
    *,
    seconds: float,
    seed: int = 0,
    solution_limit: int | None = None,
    branch_limit: int | None = None,
    heard: Heard | None = None,
) -> list[list[int]] | None:
    """Look for the cheapest plan by guided local search, under every rule.

    Parameters
    ----------
    can_take
        (s, v) which vehicle may take which stop at all.
    halts
        For each vehicle the locations of the stops and facilities of a plan to go on
        from; None to start afresh, which also happens where the plan breaks a rule.
    seconds
        Wall seconds after which to stop.
    solution_limit
        Stop after so many solutions.
    branch_limit
        Stop after so many branches of the search tree, solutions or not.
    heard
        Told the cents of every better plan, as OR-Tools counts them: leaving out what
        is mandatory has a price far above everything else.

    Returns
    -------
    For each vehicle the locations of its halts, breaks left aside; None if nothing was
    found.
    """
    effort = Effort(
        until_s=perf_counter() + seconds,
        seed=seed,
        solution_limit=solution_limit,
        branch_limit=branch_limit,
        heard=heard,
    )
    day = usable(problem, can_take)
    stated = None if halts is None else _holding(day, halts)
    if stated is None:
        first = replace(effort, solution_limit=1, branch_limit=None, heard=None)
        halts = draft_plan(day, first)
        stated = state(day.problem, day.may_take, halts=halts or ())
    found = None if stated is None else search(stated, halts, effort)
    return None if found is None else [list(run) for run in found]


def _holding(day: Usable, halts: Halts) -> Stated | None:
    """State the problem so that a plan can be gone on from; None: it breaks a rule."""
    stated = state(day.problem, day.may_take, halts=halts)
    if stated is None or first_sound(stated, [halts]) is None:
        return None
    return stated
