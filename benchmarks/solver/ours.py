"""The product's own solver, checked by the product's own checker."""

import time

from benchmarks.solver.instance import Instance
from benchmarks.solver.peers.found import Found
from benchmarks.solver.routes import halts_of
from routing.solver import Budget, check_plan
from routing.solver import solve as solve_problem


def solve(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve on one thread, by the CPU time of this process."""
    problem = instance.problem()
    begun_s = time.process_time()
    first_s: list[float] = []

    def note(seconds: float, cents: float, bound_cents: float) -> None:
        if not first_s:
            first_s.append(time.process_time() - begun_s)

    plan = solve_problem(
        problem,
        budget=Budget(seconds=seconds, clock="cpu"),
        seed=seed,
        progress=note,
    )
    cpu_s = time.process_time() - begun_s
    return Found(
        halts=halts_of(plan, len(problem.vehicles)),
        cpu_s=cpu_s,
        first_plan_s=first_s[0] if first_s else None,
        faults=tuple(
            f"{each.rule.name}: {each.message}" for each in check_plan(problem, plan)
        ),
    )
