"""One solver, one instance, one seed."""

import importlib
from dataclasses import asdict, dataclass, field

from benchmarks.child import ChildFailedError, measure_in_child
from benchmarks.solver.instance import load
from benchmarks.solver.peers.found import CannotStateError, Solver

OURS = "ullage"
PEERS = ("pyvrp", "vroom", "hgs", "ortools")
SEEDLESS = ("vroom",)

# A busy machine gives a process a fifth of a core at times.
WALL_PER_CPU, WALL_S = 6, 600


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What came of it.

    Parameters
    ----------
    value
        By the file's own numbers, in the published unit; None: no plan.
    faults
        Rules that the plan breaks, by the product's checker or by the file's numbers.
    lacks
        What the solver cannot state, so that it was not tried.
    figures
        What else some families are compared by.
    """

    value: float | None = None
    faults: tuple[str, ...] = ()
    lacks: str = ""
    cpu_s: float | None = None
    first_plan_s: float | None = None
    peak_mb: float | None = None
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def is_feasible(self) -> bool:
        """Return whether there is a plan that breaks no rule."""
        return self.value is not None and not self.faults


def attempt(solver: str, file: str, *, seconds: float, seed: int) -> Attempt:
    """Solve in a process of its own."""
    arguments = {"solver": solver, "file": file, "seconds": seconds, "seed": seed}
    try:
        facts = measure_in_child(
            "benchmarks.solver.attempt:solve_and_judge",
            arguments,
            timeout_s=WALL_PER_CPU * seconds + WALL_S,
        )
    except ChildFailedError as error:
        return Attempt(faults=(str(error),))
    return Attempt(**facts | {"faults": tuple(facts["faults"])})


def solve_and_judge(
    solver: str, file: str, seconds: float, seed: int
) -> dict[str, object]:
    """Solve here, and return the fields of an `Attempt`."""
    instance = load(file)
    try:
        found = _solver_of(solver)(instance, seconds, seed)
    except CannotStateError as error:
        return asdict(Attempt(lacks=str(error)))
    if found.halts is None:
        faults = found.faults or ("no plan",)
        return asdict(Attempt(cpu_s=found.cpu_s, faults=faults))
    verdict = instance.judge(instance.routes_of_halts(found.halts))
    return asdict(
        Attempt(
            value=verdict.value,
            faults=found.faults + verdict.faults,
            cpu_s=found.cpu_s,
            first_plan_s=found.first_plan_s,
            figures=verdict.figures,
        )
    )


def _solver_of(name: str) -> Solver:
    module = "ours" if name == OURS else f"peers.with_{name}"
    found: Solver = importlib.import_module(f"benchmarks.solver.{module}").solve
    return found
