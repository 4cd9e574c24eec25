"""Let the solver think about a day, and tell in plain words how far it is."""

import time
from collections.abc import Callable

from backend.planning.inputs import PlanningError
from backend.planning.problem import Stated
from routing.solver import (
    Budget,
    Plan,
    check_plan,
    solve,
)

SEED = 1
TELL_EVERY_S = 0.25
Tell = Callable[[str, float], None]

BEGINS, ENDS = 0.4, 0.9  # of the whole planning, as the pages show it


def choose_plan(stated: Stated, *, seconds: float, threads: int, tell: Tell) -> Plan:
    """Choose bins and route vehicles, starting from the plan in force if there is one.

    Raises
    ------
    PlanningError
        If the independent checker finds a rule broken; nothing may be saved then.
    """
    tell("choosing bins and routing trucks", BEGINS)
    plan = solve(
        stated.problem,
        budget=Budget(seconds=seconds, threads=threads),
        seed=SEED,
        progress=_Teller(tell, budget_s=seconds),
        start=stated.start if any(stated.start) else None,
    )
    violations = check_plan(stated.problem, plan)
    if violations:
        raise PlanningError(
            f"the solver's plan breaks a rule and was not saved: {violations[0]}"
        )
    return plan


class _Teller:
    """State to guard: when the pages were told last."""

    def __init__(self, tell: Tell, *, budget_s: float) -> None:
        self._tell = tell
        self._budget_s = budget_s
        self._told_s = float("-inf")

    def __call__(self, seconds: float, cents: float, bound_cents: float) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s < TELL_EVERY_S:
            return
        self._told_s = now_s
        done = min(1.0, seconds / self._budget_s)
        self._tell(say_cost(cents, bound_cents), BEGINS + done * (ENDS - BEGINS))


def say_cost(cents: float, bound_cents: float) -> str:
    """Say what the best plan so far costs, and what every plan costs at least."""
    said = f"{cents / 100:,.0f} € so far"
    if bound_cents <= 0:
        return said
    return f"{said}, at least {bound_cents / 100:,.0f} €"
