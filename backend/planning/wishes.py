"""What emptying each bin on the day would take, and what it would be worth."""

from collections import defaultdict
from dataclasses import dataclass

from backend.planning.foresee import foresee, median_fill
from backend.planning.horizon import to_hours
from backend.planning.inputs import Inputs
from backend.store.planning import PlannedSlot
from routing.demand import SlotForecast
from routing.selection import Prize, PrizeRule, price_pickup


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A bin, how full it is expected to be when emptied, and what that is worth."""

    slot: PlannedSlot
    fill_fraction: float
    volume_l: int
    mass_kg: int
    prize: Prize


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is foreseen and wished for, bin by bin, each in the order of the slots.

    `asked` are the wishes for bins that may still be emptied today.
    """

    forecasts: list[SlotForecast]
    wishes: list[Wish]
    asked: list[Wish]


def wish_for_bins(inputs: Inputs, *, service_level: float) -> Wanted:
    """Foresee every bin, and say what emptying it would take and be worth.

    The costs of overflows are those that the operator set, stream by stream.
    """
    forecasts = foresee(
        inputs.slots,
        now=inputs.now,
        until=inputs.next_chance_at,
        service_day=inputs.service_day,
    )
    costs = {each.stream: each.overflow_cents for each in inputs.slots}
    rule = PrizeRule(rho=service_level, overflow_cost_cents=costs)
    wishes = [
        _wish(slot, forecast, inputs, rule=rule)
        for slot, forecast in zip(inputs.slots, forecasts, strict=True)
    ]
    settled = _settled(inputs)
    return Wanted(
        forecasts=forecasts,
        wishes=wishes,
        asked=[each for each in wishes if each.slot.slot_id not in settled],
    )


def _settled(inputs: Inputs) -> set[int | None]:
    """Find what was emptied or skipped today; nobody comes twice."""
    by_status: dict[str, set[int | None]] = defaultdict(set)
    for each in inputs.stops:
        by_status[each.status].add(each.slot_id)
    return by_status["done"] | (by_status["skipped"] - by_status["planned"])


def _wish(
    slot: PlannedSlot, forecast: SlotForecast, inputs: Inputs, *, rule: PrizeRule
) -> Wish:
    fill = median_fill(forecast, now=inputs.now, at=inputs.work_at)
    return Wish(
        slot=slot,
        fill_fraction=fill,
        volume_l=round(fill * slot.volume_l),
        mass_kg=round(fill * slot.volume_l * slot.density_kg_per_l),
        prize=price_pickup(
            forecast,
            stream=slot.stream,
            now_h=to_hours(inputs.now),
            next_chance_h=to_hours(inputs.next_chance_at) - to_hours(inputs.now),
            rule=rule,
        ),
    )
