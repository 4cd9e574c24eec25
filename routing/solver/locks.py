"""What each run must hold whatever else it does, and locks that cannot be kept."""

from dataclasses import dataclass

from routing.solver.check import check_plan
from routing.solver.closing import bare_runs
from routing.solver.model import Problem
from routing.solver.plan import Plan, SolverFacts
from routing.solver.pricing import price_plan
from routing.solver.schedule import schedule_run


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Locks:
    """Where the search begins.

    Parameters
    ----------
    runs
        For each vehicle the halts of its shortest run: locked ones, and a way home.
    locked
        For each vehicle its locked halts, where they hold.
    out
        Vehicles that stay out of the plan, because that run breaks a rule.
    broken_stops
        Stops of broken locks.
    """

    runs: list[list[int]]
    locked: list[list[int]]
    out: frozenset[int]
    broken_stops: frozenset[int]


def judge_locks(problem: Problem) -> Locks:
    """Let every vehicle drive what it must, and leave out those that cannot."""
    runs = bare_runs(problem)
    locked = [list(each) for each in problem.locked] or [[] for _ in runs]
    out = {v for v, halts in enumerate(runs) if not _can_drive(problem, v, halts)}
    broken = {
        stop
        for v in out
        for location in locked[v]
        if (stop := problem.stop_at(location)) is not None
    }
    return Locks(
        runs=[[] if v in out else halts for v, halts in enumerate(runs)],
        locked=[[] if v in out else halts for v, halts in enumerate(locked)],
        out=frozenset(out),
        broken_stops=frozenset(broken),
    )


def _can_drive(problem: Problem, vehicle: int, halts: list[int]) -> bool:
    if not halts and not problem.vehicles.is_under_way[vehicle]:
        return True
    run = schedule_run(problem, vehicle=vehicle, halts=halts)
    if run is None:
        return False
    facts = SolverFacts(name="", seconds=0.0, iterations=0, seed=0)
    plan = Plan(
        runs=(run,), unserved=(), cost=price_plan(problem, [run], []), solver=facts
    )
    return all(each.run is None for each in check_plan(problem, plan))
