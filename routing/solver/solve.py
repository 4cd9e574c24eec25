"""From a problem to a plan."""

from __future__ import annotations

from routing.solver import ortools_solver
from routing.solver.model import Problem
from routing.solver.nodes import Nodes, lay_nodes
from routing.solver.ortools_solver import Effort, Found, Progress, search_routes
from routing.solver.plan import Plan, Run, SolverFacts, Unserved, UnservedReason
from routing.solver.pricing import price_plan
from routing.solver.schedule import drop_idle_tips, schedule_run
from routing.solver.screening import Screening, screen_stops


def solve(
    problem: Problem,
    *,
    budget_s: float,
    seed: int,
    progress: Progress | None = None,
    solution_limit: int | None = None,
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
    solution_limit
        Stop each phase of the search after so many solutions: the same plan on every
        machine, as long as ``budget_s`` is ample.
    """
    if not budget_s > 0:
        raise ValueError(f"budget_s = {budget_s} not understood: must be above 0")
    screening = screen_stops(problem)
    nodes = lay_nodes(problem, screening)
    effort = Effort(
        budget_s=budget_s, seed=seed, progress=progress, solution_limit=solution_limit
    )
    found = search_routes(problem, nodes, effort)
    runs = _runs(problem, nodes, found)
    unserved = _unserved(problem, screening, runs)
    facts = SolverFacts(
        name=ortools_solver.NAME,
        seconds=found.seconds,
        iterations=found.iterations,
        seed=seed,
    )
    cost = price_plan(problem, runs, unserved)
    return Plan(runs=runs, unserved=unserved, cost=cost, solver=facts)


def _runs(problem: Problem, nodes: Nodes, found: Found) -> tuple[Run, ...]:
    runs = []
    for vehicle, route in enumerate(found.routes):
        halts = drop_idle_tips(problem, nodes.location[route].tolist())
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
