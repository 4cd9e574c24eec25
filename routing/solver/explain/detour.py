"""What it takes to halt once more, or twice, in each gap of a run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.explain.board import NO_TIME_S, Board
from routing.solver.explain.quick import Quick


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Detour:
    """(p,): what more halts in each gap take.

    Parameters
    ----------
    seconds
        Of driving and work; waits are not counted.
    cents
        For seconds and metres, and the price of tips.
    fits
        Whether times and lengths allow it, breaks ignored.
    """

    seconds: IntArray
    metres: IntArray
    cents: FloatArray
    fits: BoolArray


def detour_of(quick: Quick, board: Board, places: Sequence[int]) -> Detour:
    """Halt at the places one after the other, in each gap."""
    problem, gaps = quick.problem, len(board.path) - 1
    fleet, v = problem.vehicles, board.vehicle
    here, clock_s = board.path[:-1], board.early_s
    seconds, metres = -board.legs_s, -board.legs_m
    tip_cents = 0
    for place in places:
        there = np.full(gaps, place)
        leg_s, leg_m = problem.ways.legs(here, there)
        work_s = int(quick.work_s[place])
        clock_s = _begin(quick, place, clock_s + leg_s) + work_s
        seconds, metres = seconds + leg_s + work_s, metres + leg_m
        facility = problem.facility_at(place)
        tip_cents += (
            0 if facility is None else int(problem.facilities.tip_cents[facility])
        )
        here = there
    leg_s, leg_m = problem.ways.legs(here, board.path[1:])
    seconds, metres = seconds + leg_s, metres + leg_m
    fits = (
        (clock_s + leg_s <= board.late_s)
        & (metres <= board.spare_m)
        & (seconds + board.busy_s <= fleet.max_duration_s[v])
        & (np.arange(gaps) >= board.locked)
    )
    cents = tip_cents + _cents(quick, v, metres, seconds)
    return Detour(seconds=seconds, metres=metres, cents=cents, fits=fits)


def _cents(
    quick: Quick, vehicle: int, metres: IntArray, seconds: IntArray
) -> FloatArray:
    per_m, per_s = quick.way_cents(vehicle, 1, 0), quick.way_cents(vehicle, 0, 1)
    cents: FloatArray = np.asarray(metres * per_m + seconds * per_s, np.float64)
    return cents


def _begin(quick: Quick, place: int, arrive_s: IntArray) -> IntArray:
    """(p,): when work may begin after arriving, beyond every day if it is too late."""
    start_s = np.full(len(arrive_s), NO_TIME_S)
    hours = zip(
        quick.opens_s[place].tolist(), quick.closes_s[place].tolist(), strict=True
    )
    for opens_s, closes_s in reversed(list(hours)):
        is_on_time = arrive_s <= closes_s
        start_s = np.where(is_on_time, np.maximum(arrive_s, opens_s), start_s)
    return start_s
