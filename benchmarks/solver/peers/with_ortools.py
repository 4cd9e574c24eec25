"""OR-Tools alone: it states every rule, through the product's own model of it.

Like VROOM it has a wall clock only, and its CPU time is what the figures say it used.
"""

import time

import numpy as np

from benchmarks.solver.instance import Instance
from benchmarks.solver.peers.found import Found, refuse
from routing.solver.or_tools.route import route

MATRIX_UP_TO = 6_000  # locations; its own matrices take seven times ours


def solve(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve; making the model is on the clock."""
    problem = instance.problem()
    refuse({f"more than {MATRIX_UP_TO} locations": len(problem.ways) > MATRIX_UP_TO})
    anyone = np.ones((len(problem.stops), len(problem.vehicles)), np.bool_)
    begun_s = time.process_time()
    halts = route(problem, anyone, None, seconds=seconds, seed=seed)
    return Found(halts=halts, cpu_s=time.process_time() - begun_s)
