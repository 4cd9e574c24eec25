"""What a plan says of itself: why each stop is in or out, where time and money go."""

from routing.solver.explain.explanation import Explanation, Why, explain_plan
from routing.solver.explain.limits import relax_problem
from routing.solver.explain.money import RunMoney, explain_runs
from routing.solver.explain.relaxing import with_relaxations

__all__ = [
    "Explanation",
    "RunMoney",
    "Why",
    "explain_plan",
    "explain_runs",
    "relax_problem",
    "with_relaxations",
]
