"""What is stated to OR-Tools more strictly than the rule is.

Everything else is stated as it is, to a thousandth of a litre, kilogram or cent.
"""

from routing.solver.model import Problem
from routing.solver.or_tools.driving import MOST_RESTS, needed_rests

MANY_RESTS = "more rests than OR-Tools is told of"
LATER_RESTS = "where the first of several rests lies"
STAND_INS = "a fixed break in the place of one of several rests"

UNSTATED = {
    MANY_RESTS: (
        f"A run has {MOST_RESTS} rests of the driving rule at most: each of them is a "
        "variable for every vehicle and every halt."
    ),
    LATER_RESTS: (
        "If a run needs several rests, all but the last are taken at the very moment "
        "when no more may be driven, not before: free choice would need a variable "
        "for where each of them lies, and the search tries all its values."
    ),
    STAND_INS: (
        "A fixed break that is long enough stands for the rest of a run that needs "
        "one; if a run needs several, the break comes on top of them."
    ),
}
"""What is not stated as it is, and why; plans keep the rule all the same."""


def unstated(problem: Problem) -> list[str]:
    """Return which entries of `UNSTATED` could leave out good plans of a problem."""
    found = set()
    for vehicle, rest in enumerate(problem.rests):
        rule = rest.driving
        rests = 0 if rule is None else needed_rests(problem, vehicle, rule)
        if rests > MOST_RESTS:
            found.add(MANY_RESTS)
        if rule is not None and rests > 1:
            found.add(LATER_RESTS)
            if any(each.length_s >= rule.rest_s for each in rest.breaks):
                found.add(STAND_INS)
    return [each for each in UNSTATED if each in found]
