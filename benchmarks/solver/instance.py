"""One instance: a file, the problem it poses, and what a plan of it is worth."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.solver import euclid_problem, kim_problem
from benchmarks.solver.best_known import find_best_known
from benchmarks.solver.conventions import Kind, value_of_best_known
from benchmarks.solver.euclid import EuclidTask
from benchmarks.solver.euclid_verdict import judge_euclid
from benchmarks.solver.kim import KimTask, read_kim
from benchmarks.solver.kim_verdict import judge_kim
from benchmarks.solver.routes import Route, Verdict, halts_of, routes_of_halts
from benchmarks.solver.solomon import read_solomon
from benchmarks.solver.text import BadFileError, read_lines
from benchmarks.solver.vrplib import read_vrplib
from routing.arrays import IntArray
from routing.solver.model import Problem
from routing.solver.plan import Plan


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Instance:
    """A benchmark instance.

    Parameters
    ----------
    path
        Where it was read from.
    task
        What the file says, in its own units.
    bks
        Best-known value in the unit of `objective`, or None.
    """

    path: Path
    task: EuclidTask | KimTask
    bks: float | None

    @property
    def kind(self) -> Kind:
        """Return which problem it poses."""
        return Kind.WASTE if isinstance(self.task, KimTask) else self.task.kind

    @property
    def nodes(self) -> IntArray:
        """Return the file's node at every location of the problem."""
        if isinstance(self.task, KimTask):
            return np.arange(self.task.node_count)
        return euclid_problem.nodes_of(self.task)

    @property
    def vehicles(self) -> IntArray:
        """Return the file's vehicle for every vehicle of the problem."""
        if isinstance(self.task, KimTask):
            return kim_problem.kept_vehicles(self.task)
        return euclid_problem.kept_vehicles(self.task)

    def problem(self) -> Problem:
        """Pose it."""
        if isinstance(self.task, KimTask):
            return kim_problem.to_problem(self.task)
        return euclid_problem.to_problem(self.task)

    def routes(self, plan: Plan) -> tuple[Route, ...]:
        """Return a plan's runs in the file's numbers."""
        vehicles = self.vehicles
        halts = halts_of(plan, len(vehicles))
        return routes_of_halts(halts, self.nodes, vehicles)

    def routes_of_halts(self, halts: Sequence[Iterable[int]]) -> tuple[Route, ...]:
        """Return halts (locations by vehicle of the problem) in the file's numbers."""
        return routes_of_halts(halts, self.nodes, self.vehicles)

    def judge(self, routes: Sequence[Route]) -> Verdict:
        """Recompute value and feasibility by the file's numbers alone."""
        if isinstance(self.task, KimTask):
            return judge_kim(self.task, routes)
        return judge_euclid(self.task, routes)

    def objective(self, found: Plan | Sequence[Route]) -> float:
        """Return what a plan, or routes, are worth in the unit of `bks`."""
        routes = self.routes(found) if isinstance(found, Plan) else found
        return self.judge(routes).value


def load(path: Path | str) -> Instance:
    """Read an instance of any of the formats, which its text tells.

    Raises
    ------
    BadFileError
        Naming file and line.
    """
    path = Path(path)
    task = _read(path)
    bks = find_best_known(path)
    if bks is not None and isinstance(task, EuclidTask):
        bks = value_of_best_known(task.kind, bks)
    return Instance(path=path, task=task, bks=bks)


def is_instance(path: Path) -> bool:
    """Return whether a file has a format that `load` reads."""
    return _reader_of(path) is not None


def _read(path: Path) -> EuclidTask | KimTask:
    reader = _reader_of(path)
    if reader is None:
        raise BadFileError(path, 1, "neither VRPLIB, nor Solomon's, nor Kim's format")
    return reader(path)


Reader = Callable[[Path], EuclidTask | KimTask]

_READERS: dict[str, Reader] = {
    "NODE_COORD_SECTION": read_vrplib,
    "CUST": read_solomon,
    "Stop_ID": read_kim,
}


def _reader_of(path: Path) -> Reader | None:
    for text in read_lines(path):
        words = text.split()
        if words and (reader := _READERS.get(words[0].rstrip(":"))):
            return reader
    return None
