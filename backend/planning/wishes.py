"""What emptying each bin on the day would take, and what it would be worth."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.planning.counted import tell_what_counted
from backend.planning.foresee import foresee, median_fill
from backend.planning.horizon import to_hours
from backend.planning.inputs import Inputs
from backend.planning.neighbours import room_next_door_l
from backend.planning.service_level import weigh_overflows
from backend.planning.terms import to_terms
from backend.store.planning import PlannedSlot
from routing.demand import SlotForecast
from routing.selection import (
    Prize,
    PrizeReason,
    PrizeRule,
    SlotTerms,
    price_pickup,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A bin, how full it is expected to be when emptied, and what that is worth.

    `overflow_cents` is what an overflow costs there, by the service level; `counted`
    says what counted for or against it beside its forecast.
    """

    slot: PlannedSlot
    fill_fraction: float
    volume_l: int
    mass_kg: int
    prize: Prize
    overflow_cents: float
    counted: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is foreseen and wished for, bin by bin, each in the order of the slots.

    `asked` are the wishes for bins that may still be emptied today.
    """

    forecasts: list[SlotForecast]
    wishes: list[Wish]
    asked: list[Wish]


def wish_for_bins(inputs: Inputs, *, overflow_weight: float) -> Wanted:
    """Foresee every bin, and say what emptying it would take and be worth.

    The costs of overflows are those that the operator set, stream by stream. The
    weight holds where no service level was set.
    """
    forecasts = foresee(
        inputs.slots,
        now=inputs.now,
        until=max(inputs.next_chance_at, *inputs.chances_at),
        service_day=inputs.service_day,
        learned=inputs.learned,
        calendar=inputs.calendar,
    )
    room_l = _room_next_door(inputs, forecasts)
    terms = [
        to_terms(slot, neighbour_room_l=room, service_day=inputs.service_day)
        for slot, room in zip(inputs.slots, room_l, strict=True)
    ]
    rule = _find_rule(inputs, forecasts, terms, overflow_weight=overflow_weight)
    prizes = _price_by(rule, inputs, forecasts, terms)
    wishes = [
        replace(
            _wish(slot, forecast, inputs, prize=prize, neighbour_room_l=room),
            overflow_cents=rule.rho * rule.cost_cents(slot.stream, forecast, own),
        )
        for slot, forecast, prize, room, own in zip(
            inputs.slots, forecasts, prizes, room_l, terms, strict=True
        )
    ]
    settled = _settled(inputs)
    return Wanted(
        forecasts=forecasts,
        wishes=wishes,
        asked=[each for each in wishes if each.slot.slot_id not in settled],
    )


def must_be_emptied(slot: PlannedSlot, fill_fraction: float) -> Wish:
    """Wish for a bin that is emptied whatever it is worth, at a fill that is known."""
    prize = Prize(
        slot_id=slot.slot_id,
        prize_cents=0,
        is_mandatory=True,
        reason=PrizeReason.CAN_WAIT,
        overflow_probability=0.0,
    )
    return _to_wish(slot, fill_fraction, prize=prize, counted=())


def _room_next_door(inputs: Inputs, forecasts: Sequence[SlotForecast]) -> list[float]:
    """Litres free next door at the next chance, as far as is foreseen."""
    fills = [
        median_fill(each, now=inputs.now, at=inputs.next_chance_at)
        for each in forecasts
    ]
    within_m = inputs.neighbour_m
    room_l = room_next_door_l(inputs.slots, np.array(fills), within_m=within_m)
    return [float(each) for each in room_l]


def _find_rule(
    inputs: Inputs,
    forecasts: Sequence[SlotForecast],
    terms: Sequence[SlotTerms],
    *,
    overflow_weight: float,
) -> PrizeRule:
    costs = {each.stream: each.overflow_cents for each in inputs.slots}
    rule = PrizeRule(rho=overflow_weight, overflow_cost_cents=costs)
    if inputs.service_level is None:
        return rule
    plain = _price_by(replace(rule, rho=1.0), inputs, forecasts, terms)
    weight = weigh_overflows(
        np.array([0 if e.is_mandatory else e.overflow_probability for e in plain]),
        np.array([each.prize_cents for each in plain], np.float64),
        level=inputs.service_level,
        detour_cents=inputs.detour_cents,
    )
    return replace(rule, rho=weight)


def _price_by(
    rule: PrizeRule,
    inputs: Inputs,
    forecasts: Sequence[SlotForecast],
    terms: Sequence[SlotTerms],
) -> list[Prize]:
    now_h = to_hours(inputs.now)
    return [
        price_pickup(
            forecast,
            stream=slot.stream,
            now_h=now_h,
            next_chance_h=to_hours(inputs.next_chance_at) - now_h,
            rule=rule,
            terms=own,
        )
        for slot, forecast, own in zip(inputs.slots, forecasts, terms, strict=True)
    ]


def _settled(inputs: Inputs) -> set[int | None]:
    """Find what was emptied or skipped today; nobody comes twice."""
    by_status: dict[str, set[int | None]] = defaultdict(set)
    for each in inputs.stops:
        by_status[each.status].add(each.slot_id)
    return by_status["done"] | (by_status["skipped"] - by_status["planned"])


def _wish(
    slot: PlannedSlot,
    forecast: SlotForecast,
    inputs: Inputs,
    *,
    prize: Prize,
    neighbour_room_l: float,
) -> Wish:
    fill = median_fill(forecast, now=inputs.now, at=inputs.work_at)
    counted = tell_what_counted(
        slot,
        neighbour_room_l=neighbour_room_l,
        neighbour_m=inputs.neighbour_m,
        now_h=to_hours(inputs.now),
    )
    return _to_wish(slot, fill, prize=prize, counted=tuple(counted))


def _to_wish(
    slot: PlannedSlot, fill: float, *, prize: Prize, counted: tuple[str, ...]
) -> Wish:
    return Wish(
        slot=slot,
        fill_fraction=fill,
        volume_l=round(fill * slot.volume_l),
        mass_kg=round(fill * slot.volume_l * slot.density_kg_per_l),
        prize=prize,
        overflow_cents=0.0,
        counted=counted,
    )
