"""From a problem to a plan."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from routing.solver.draft import construct
from routing.solver.model import Problem
from routing.solver.nodes import lay_nodes
from routing.solver.ortools_solver import polish
from routing.solver.plan import Plan, Run, SolverFacts, Unserved, UnservedReason
from routing.solver.pricing import price_plan
from routing.solver.ruin import improve
from routing.solver.schedule import drop_idle_tips, schedule_run
from routing.solver.screening import Screening, screen_stops

NAME = "ruin and recreate, then OR-Tools"

_OR_TOOLS_SHARE = 0.2
"""Of the budget. What is left to find for guided local search after ruin and recreate
was 0 to 0.4 % on days of 200 stops, and it takes its first second to get started."""

Progress = Callable[[float, float], None]
"""Told (seconds so far, cents of the best plan so far) at every better plan."""


def solve(
    problem: Problem,
    *,
    budget_s: float,
    seed: int,
    progress: Progress | None = None,
    iteration_limit: int | None = None,
) -> Plan:
    """Plan the day: which stops, by which vehicle, in which order, tipped where.

    Parameters
    ----------
    budget_s
        Wall seconds for the search, all of which it uses.
    seed
        Of the random parts of the search.
    progress
        Told (seconds so far, cents of the best plan so far) at every better plan.
    iteration_limit
        Stop each phase of the search after so many iterations: the same plan on every
        machine, as long as ``budget_s`` is ample.
    """
    if not budget_s > 0:
        raise ValueError(f"budget_s = {budget_s} not understood: must be above 0")
    clock = _Clock(budget_s, iteration_limit, progress)
    screening = screen_stops(problem)
    first = construct(problem, screening)
    clock.hear(first.cents)
    best, iterations = improve(first, pace=clock.pace, seed=seed, heard=clock.hear)
    polished = polish(
        problem,
        lay_nodes(problem, screening),
        [track.halts for track in best.tracks],
        budget_s=clock.left_s(),
        seed=seed,
        solution_limit=iteration_limit,
        heard=clock.hear,
    )
    runs = _runs(problem, polished.halts)
    unserved = _unserved(problem, screening, runs)
    facts = SolverFacts(
        name=NAME,
        seconds=clock.seconds(),
        iterations=iterations + polished.solutions,
        seed=seed,
    )
    cost = price_plan(problem, runs, unserved)
    return Plan(runs=runs, unserved=unserved, cost=cost, solver=facts)


class _Clock:
    """Measures out the budget, and passes on better plans."""

    def __init__(
        self, budget_s: float, iteration_limit: int | None, progress: Progress | None
    ) -> None:
        self.started_s = perf_counter()
        self.budget_s, self.iteration_limit = budget_s, iteration_limit
        self.progress, self.lowest_cents = progress, float("inf")

    def seconds(self) -> float:
        return perf_counter() - self.started_s

    def left_s(self) -> float:
        return self.budget_s - self.seconds()

    def pace(self, iteration: int) -> float:
        """Return the share of the effort before OR-Tools that is spent."""
        spent = self.seconds() / (self.budget_s * (1 - _OR_TOOLS_SHARE))
        if self.iteration_limit is None:
            return spent
        return 1.0 if spent >= 1 else iteration / self.iteration_limit

    def hear(self, cents: float) -> None:
        if self.progress is not None and cents < self.lowest_cents:
            self.lowest_cents = cents
            self.progress(self.seconds(), cents)


def _runs(problem: Problem, halts_by_vehicle: list[list[int]]) -> tuple[Run, ...]:
    runs = []
    for vehicle, route in enumerate(halts_by_vehicle):
        halts = drop_idle_tips(problem, route)
        if halts:
            runs.append(schedule_run(problem, vehicle=vehicle, halts=halts))
    return tuple(runs)


def _unserved(
    problem: Problem, screening: Screening, runs: tuple[Run, ...]
) -> tuple[Unserved, ...]:
    halts = {step.location for run in runs for step in run.steps}
    left = [
        stop
        for stop in range(len(problem.stops))
        if problem.stop_location(stop) not in halts
    ]
    return tuple(
        Unserved(stop=stop, reason=_reason(problem, screening, stop)) for stop in left
    )


def _reason(problem: Problem, screening: Screening, stop: int) -> UnservedReason:
    if stop in screening.reasons:
        return screening.reasons[stop]
    if problem.stops.is_mandatory[stop]:
        return UnservedReason.NO_ROOM
    return UnservedReason.NOT_WORTH_IT
