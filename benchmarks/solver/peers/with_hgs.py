"""HGS-CVRP: one depot, one capacity, nothing else."""

import time

import hygese
import numpy as np

from benchmarks.solver.conventions import Kind
from benchmarks.solver.instance import Instance
from benchmarks.solver.kim import KimTask
from benchmarks.solver.peers.found import CannotStateError, Found

NODES_UP_TO = 12_000  # its matrix of doubles is 1.2 GB then


def solve(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve; its own clock counts the CPU time of this process.

    It gets coordinates, not a matrix: without them it leaves out SWAP*, its best move.
    """
    task = instance.task
    if isinstance(task, KimTask) or task.kind is not Kind.CVRP:
        raise CannotStateError("anything but capacity")
    if task.node_count > NODES_UP_TO:
        raise CannotStateError(f"more than {NODES_UP_TO} nodes")
    data = {
        "x_coordinates": task.x - task.x.min(),
        "y_coordinates": task.y - task.y.min(),
        "demands": task.demand,
        "vehicle_capacity": float(task.capacity[0]),
        "num_vehicles": task.vehicle_count,
        "depot": 0,
        "service_times": np.zeros(task.node_count),
    }
    parameters = hygese.AlgorithmParameters(timeLimit=seconds, seed=seed)
    solver = hygese.Solver(parameters=parameters, verbose=False)
    begun_s = time.process_time()
    result = solver.solve_cvrp(data, rounding=True)
    cpu_s = time.process_time() - begun_s
    # Node and location are the same number: there is no facility in between.
    routes = [[int(node) for node in route] for route in result.routes]
    idle: list[list[int]] = [[] for _ in range(task.vehicle_count - len(routes))]
    return Found(halts=routes + idle, cpu_s=cpu_s)
