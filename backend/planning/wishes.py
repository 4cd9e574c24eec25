"""What emptying each bin on the day would take, and what it would be worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.planning.foresee import median_fill
from backend.planning.horizon import to_hours
from backend.planning.inputs import Inputs
from backend.store.planning import PlannedSlot
from routing import Prize, PrizeRule, SlotForecast, price_pickup


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A bin, how full it is expected to be when emptied, and what that is worth."""

    slot: PlannedSlot
    fill_fraction: float
    volume_l: int
    mass_kg: int
    prize: Prize


def wish_for_bins(
    inputs: Inputs, forecasts: Sequence[SlotForecast], *, service_level: float
) -> list[Wish]:
    """Say of every bin what emptying it would take and be worth, in order.

    The costs of overflows are those that the operator set, stream by stream.
    """
    costs = {each.stream: each.overflow_cents for each in inputs.slots}
    rule = PrizeRule(rho=service_level, overflow_cost_cents=costs)
    return [
        _wish(slot, forecast, inputs, rule=rule)
        for slot, forecast in zip(inputs.slots, forecasts, strict=True)
    ]


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
