"""Rates, fixed costs and penalties in millionths of a cent."""

import numpy as np

from routing.solver.engine.columns import NEVER
from routing.solver.model import Problem

MICRO = 1_000_000  # millionths of a cent


def rates_of(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """(v,) millionths of a cent for a metre, and for a second."""
    fleet = problem.vehicles
    return (
        np.rint(fleet.cents_per_km * (MICRO / 1000)).astype(np.int64),
        np.rint(fleet.cents_per_hour * (MICRO / 3600)).astype(np.int64),
    )


def lay_money(
    problem: Problem, rates: tuple[np.ndarray, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return rates, shifts and limits by vehicle."""
    fleet = problem.vehicles
    return {
        "cents_m": rates[0],
        "cents_s": rates[1],
        "fixed": fleet.fixed_cents * MICRO,
        "overtime": np.rint(fleet.overtime_cents_per_hour * (MICRO / 3600)).astype(
            np.int64
        ),
        "unfair": np.rint(fleet.unfair_cents_per_hour * (MICRO / 3600)).astype(
            np.int64
        ),
        "fair_s": clipped(fleet.fair_duration_s),
        "shift_start_s": clipped(fleet.shift_start_s),
        "shift_end_s": clipped(fleet.shift_end_s),
        "latest_end_s": clipped(fleet.latest_end_s),
        "most_s": clipped(fleet.max_duration_s),
        "most_m": np.array(fleet.max_distance_m),
        "is_under_way": fleet.is_under_way.astype(np.uint8),
        "start_at": fleet.depot.astype(np.int32),
        "end_at": fleet.end_depot.astype(np.int32),
    }


def clipped(seconds: np.ndarray) -> np.ndarray:
    """Return seconds that fit into the engine's tables."""
    fit: np.ndarray = np.minimum(seconds, NEVER - 1).astype(np.int64)
    return fit


def mandatory_cents(problem: Problem) -> int:
    """Return more than any plan can cost: no saving pays for a mandatory stop."""
    fleet, stops = problem.vehicles, problem.stops
    shift_h = (fleet.latest_end_s - fleet.shift_start_s).clip(max=86_400 * 7) / 3600
    per_hour = (
        fleet.cents_per_hour
        + fleet.overtime_cents_per_hour
        + fleet.unfair_cents_per_hour
    )
    days_cents = (fleet.fixed_cents + per_hour * shift_h).sum()
    visits_cents = 2 * problem.ways.longest()[1] * fleet.cents_per_km.max() / 1000
    visits_cents += fleet.foreign_cents.max() + problem.facilities.tip_cents.max(
        initial=0
    )
    tonnes = stops.mass_kg.sum() / 1000
    return (
        int(
            days_cents
            + visits_cents * (2 + 2 * len(stops))
            + tonnes * problem.facilities.cents_per_tonne.max(initial=0)
            + stops.prize_cents.sum()
            + stops.move_cents.sum()
        )
        + 1
    )
