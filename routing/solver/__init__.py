"""The solver: a problem becomes a plan, which is checked and can explain itself."""

from routing.solver.budget import Budget, Progress
from routing.solver.check import Rule, Violation, check_plan
from routing.solver.explain import (
    Explanation,
    RunMoney,
    Why,
    explain_plan,
    explain_runs,
    relax_problem,
)
from routing.solver.model import Problem
from routing.solver.plan import (
    Plan,
    PlanCost,
    Relaxation,
    Run,
    SolverFacts,
    Step,
    StepKind,
    Unserved,
    UnservedReason,
)
from routing.solver.problem.breaks import Break, DrivingRule, Rest
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.fields import UNLIMITED
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays, SparseWays, Ways, plane_ways
from routing.solver.schedule import schedule_run
from routing.solver.solve import solve

__all__ = [
    "UNLIMITED",
    "Break",
    "Budget",
    "DrivingRule",
    "Explanation",
    "Facilities",
    "FullWays",
    "Plan",
    "PlanCost",
    "Problem",
    "Progress",
    "Relaxation",
    "Rest",
    "Rule",
    "Run",
    "RunMoney",
    "SolverFacts",
    "SparseWays",
    "Step",
    "StepKind",
    "Stops",
    "Unserved",
    "UnservedReason",
    "Vehicles",
    "Violation",
    "Ways",
    "Why",
    "check_plan",
    "explain_plan",
    "explain_runs",
    "plane_ways",
    "relax_problem",
    "schedule_run",
    "solve",
]
