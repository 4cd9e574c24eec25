"""Price today's bins by what it would cost to take them on one of the coming days."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backend.planning.horizon import to_hours
from backend.planning.inputs import Inputs
from backend.planning.problem import Stated
from backend.planning.wishes import Wanted, Wish
from backend.store.planning import Vehicle
from routing.arrays import IntArray
from routing.demand import SlotForecast
from routing.selection import (
    LATER,
    OVERFLOW_H,
    Ground,
    PrizeReason,
    UsualVehicle,
    lay_ground,
    look_ahead,
    outlook_of,
    usual_iterations,
)
from routing.solver import FullWays

SEED = 1

_OPTIONAL = frozenset({PrizeReason.MAY_OVERFLOW, PrizeReason.CAN_WAIT})


def look_at_coming_days(stated: Stated, wanted: Wanted) -> tuple[Stated, Wanted]:
    """Give every optional bin the prize of the look ahead, stream by stream.

    What must be emptied stays so. Where ways were measured to neighbours only, in
    cities of several thousand bins, the prizes stay those of the day alone.
    """
    if not isinstance(stated.problem.ways, FullWays):
        return stated, wanted
    forecasts = {each.slot_id: each for each in wanted.forecasts}
    priced: dict[int, Wish] = {}
    for number, stream in enumerate(stated.problem.streams):
        rows = np.flatnonzero(stated.problem.stops.stream == number)
        vehicles = [v for v in stated.inputs.vehicles if stream in v.compartment_l]
        tips = np.flatnonzero(stated.problem.facilities.accepts[:, number])
        if len(rows) and len(tips) and vehicles:
            wishes = [stated.wishes[row] for row in rows]
            ground = _ground(stated, rows, tips, vehicles, stream)
            for each in _price(stated.inputs, wishes, forecasts, ground):
                priced[each.slot.slot_id] = each
    return _with_prizes(stated, priced), replace(
        wanted,
        wishes=[priced.get(each.slot.slot_id, each) for each in wanted.wishes],
        asked=[priced.get(each.slot.slot_id, each) for each in wanted.asked],
    )


def _with_prizes(stated: Stated, priced: dict[int, Wish]) -> Stated:
    wishes = [priced.get(each.slot.slot_id, each) for each in stated.wishes]
    cents = np.array([each.prize.prize_cents for each in wishes], np.int64)
    stops = replace(stated.problem.stops, prize_cents=cents)
    return replace(stated, problem=replace(stated.problem, stops=stops), wishes=wishes)


def _price(
    inputs: Inputs,
    wishes: Sequence[Wish],
    forecasts: dict[int, SlotForecast],
    ground: Ground,
) -> list[Wish]:
    now_h = to_hours(inputs.now)
    chance_h = np.array([to_hours(at) - now_h for at in inputs.chances_at])
    ahead = look_ahead(
        outlook_of(
            [forecasts[each.slot.slot_id] for each in wishes], chance_h=chance_h
        ),
        ground,
        overflow_cents_per_h=np.array([e.overflow_cents / OVERFLOW_H for e in wishes]),
        iterations=usual_iterations(len(wishes)),
        seed=SEED,
    )
    return [
        _priced(each, cents=float(cents), chance=int(chance))
        for each, cents, chance in zip(
            wishes, ahead.prize_cents, ahead.chance, strict=True
        )
    ]


def _priced(wish: Wish, *, cents: float, chance: int) -> Wish:
    prize = wish.prize
    if prize.is_mandatory or prize.reason not in _OPTIONAL:
        return wish
    return replace(
        wish,
        prize=replace(
            prize,
            prize_cents=round(cents),
            reason=_why(prize.reason, cents=cents, chance=chance),
        ),
    )


def _why(reason: PrizeReason, *, cents: float, chance: int) -> PrizeReason:
    if cents <= 0:
        later = chance not in (0, LATER)
        return PrizeReason.BETTER_LATER if later else PrizeReason.CAN_WAIT
    may_overflow = reason is PrizeReason.MAY_OVERFLOW
    return reason if may_overflow else PrizeReason.CHEAPER_TODAY


def _ground(
    stated: Stated,
    rows: IntArray,
    tips: IntArray,
    vehicles: Sequence[Vehicle],
    stream: str,
) -> Ground:
    """Say what driving and work cost the usual vehicle that takes the stream."""
    problem = stated.problem
    depots = problem.depot_count
    slots = depots + len(problem.facilities) + rows
    places = np.concatenate([[0], depots + tips, slots])
    k = len(places)
    legs = problem.ways.legs(np.repeat(places, k), np.tile(places, k))
    travel_s, distance_m = (each.reshape(k, k) for each in legs)
    wishes = [stated.wishes[row] for row in rows]
    facilities = [stated.inputs.facilities[tip] for tip in tips.tolist()]
    vehicle = UsualVehicle(
        cents_per_km=float(np.mean([each.cents_per_km for each in vehicles])),
        cents_per_hour=float(np.mean([each.cents_per_hour for each in vehicles])),
        tip_s=float(np.mean([each.tip_s for each in facilities])),
        capacity_l=max(v.compartment_l[stream] * v.compaction for v in vehicles),
    )
    return lay_ground(
        distance_m,
        travel_s,
        vehicle=vehicle,
        service_s=np.array([each.slot.service_s for each in wishes]),
        volume_l=np.array([each.slot.volume_l for each in wishes], np.float64),
    )
