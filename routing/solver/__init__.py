"""The solver: a problem becomes a plan, which is checked and can explain itself."""

from routing.solver.check import Rule, Violation, check_plan
from routing.solver.effort import Progress
from routing.solver.explain import Explanation, explain_plan
from routing.solver.model import UNLIMITED, Facilities, Problem, Stops, Vehicles
from routing.solver.plan import (
    Plan,
    PlanCost,
    Run,
    SolverFacts,
    Step,
    StepKind,
    Unserved,
    UnservedReason,
)
from routing.solver.solve import solve

__all__ = [
    "UNLIMITED",
    "Explanation",
    "Facilities",
    "Plan",
    "PlanCost",
    "Problem",
    "Progress",
    "Rule",
    "Run",
    "SolverFacts",
    "Step",
    "StepKind",
    "Stops",
    "Unserved",
    "UnservedReason",
    "Vehicles",
    "Violation",
    "check_plan",
    "explain_plan",
    "solve",
]
