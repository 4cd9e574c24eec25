"""What is stated to OR-Tools more strictly than the rule is.

Everything else is stated as it is: loads to a thousandth, money to a thousandth of a
cent for each leg. Where facilities differ in what they charge for a tonne, the
difference is 0.25 % off; where time is not spent on work and ways, its price is off by
half a thousandth of a cent a second.
"""

from routing.solver.model import Problem
from routing.solver.or_tools.driving import MOST_RESTS, needed_rests

MANY_RESTS = "more rests than OR-Tools is told of"
SPARE_RESTS = "more rests than the driving asks for"
STAND_INS = "a fixed break in the place of one of several rests"

UNSTATED = {
    MANY_RESTS: (
        f"A run has {MOST_RESTS} rests of the driving rule at most: each of them is a "
        "decision at every halt."
    ),
    SPARE_RESTS: (
        "A run takes the fewest rests that its driving allows. One more could be had "
        "for nothing while the driver waits, so that a later one may be taken later; "
        "left to choose, OR-Tools tries it at every halt of every run that is too late."
    ),
    STAND_INS: (
        "A fixed break that is long enough stands for the rest of a run that needs "
        "one; if a run needs several, the break comes on top of them, because it is "
        "not known between which of them it lies."
    ),
}
"""What is not stated as it is, and why; plans keep the rule all the same."""


def unstated(problem: Problem) -> list[str]:
    """Return which entries of `UNSTATED` could leave out good plans of a problem."""
    found = set()
    for vehicle, rest in enumerate(problem.rests):
        if rest.driving is None:
            continue
        rests = needed_rests(problem, vehicle, rest.driving)
        is_long = [each.length_s >= rest.driving.rest_s for each in rest.breaks]
        found |= {SPARE_RESTS} if rests > 0 else set()
        found |= {MANY_RESTS} if rests > MOST_RESTS else set()
        found |= {STAND_INS} if rests > 1 and any(is_long) else set()
    return [each for each in UNSTATED if each in found]
