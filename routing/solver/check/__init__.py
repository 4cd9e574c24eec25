"""Recompute a plan from the problem alone, and name every rule it breaks.

Shares no code with the solvers: it reads the arrays of the problem, and the plan.
"""

from routing.solver.check.check import check_plan
from routing.solver.check.rules import Rule, Violation

__all__ = ["Rule", "Violation", "check_plan"]
