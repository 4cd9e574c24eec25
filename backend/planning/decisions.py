"""Say of every bin why it is in the plan or is not, and what would have to give way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from backend.planning.problem import Stated
from backend.planning.wishes import Wish
from backend.store.history import Decision
from routing.solver import Explanation, Plan, Unserved


def to_decisions(
    plan: Plan,
    stated: Stated,
    wishes: Sequence[Wish],
    *,
    plan_id: int,
    explanations: Sequence[Explanation],
) -> list[Decision]:
    """Say it of every bin that the plan was asked about."""
    costs = {each.stop: each.marginal_cents for each in explanations}
    index = {each.slot.slot_id: stop for stop, each in enumerate(stated.wishes)}
    unserved = {each.stop: each for each in plan.unserved}
    decisions = []
    for each in wishes:
        stop = index.get(each.slot.slot_id)
        left = None if stop is None else unserved.get(stop)
        outcome, why = _judge(each, stop, stated, unserved)
        decision = Decision(
            plan_id=plan_id,
            slot_id=each.slot.slot_id,
            outcome=outcome,
            why=why,
            is_mandatory=each.prize.is_mandatory,
            prize_cents=each.prize.prize_cents,
            detour_cents=None if stop is None else _rounded(costs[stop]),
            overflow_probability=each.prize.overflow_probability,
            counted=list(each.counted),
        )
        decisions.append(_with_relaxation(decision, left, stated))
    return decisions


def _rounded(cents: float | None) -> int | None:
    return None if cents is None else round(cents)


def _judge(
    each: Wish, stop: int | None, stated: Stated, unserved: Mapping[int, Unserved]
) -> tuple[str, str]:
    if stop is None:
        return "unreachable", stated.unreachable[each.slot.slot_id]
    if stop not in unserved:
        return "planned", each.prize.reason.value
    if each.prize.is_mandatory:
        return "unserved", unserved[stop].reason.value
    return "left", each.prize.reason.value


def _with_relaxation(
    decision: Decision, left: Unserved | None, stated: Stated
) -> Decision:
    if left is None or left.relaxation is None:
        return decision
    relaxed = left.relaxation
    return replace(
        decision,
        would_fit_limit=relaxed.limit,
        would_fit_amount=relaxed.amount,
        would_fit_vehicle=stated.inputs.vehicles[relaxed.vehicle].name,
        would_fit_cents=round(relaxed.cents),
    )
