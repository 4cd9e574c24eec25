"""Whether a run that was made up is sound."""

from collections.abc import Sequence

from routing.solver.check.limits import limit_faults
from routing.solver.check.loads import load_faults
from routing.solver.check.permits import permit_faults
from routing.solver.check.rests import rest_faults
from routing.solver.check.times import time_faults
from routing.solver.model import Problem
from routing.solver.plan import Run
from routing.solver.schedule import schedule_run

_JUDGES = (limit_faults, permit_faults, load_faults, rest_faults, time_faults)


def sound_run(problem: Problem, *, vehicle: int, halts: Sequence[int]) -> Run | None:
    """Return the halts as a run, or None if that breaks a rule of single runs.

    The checker judges it, as far as one run is concerned; ties to other runs are the
    caller's business.
    """
    run = schedule_run(problem, vehicle=vehicle, halts=halts)
    if run is None or any(True for judge in _JUDGES for _ in judge(problem, run)):
        return None
    return run
