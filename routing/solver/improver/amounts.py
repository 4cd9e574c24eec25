"""What stops hold and vehicles may carry, in thousandths; when stops are open."""

import numpy as np

from routing.solver.improver.money import MICRO, clipped, mandatory_cents
from routing.solver.model import Problem

_MILLI = 1000  # thousandths of litres and kilograms
_FLOAT_ERROR = 1e-6
_MOST_PENALTY = 2e17  # all stops together, in millionths of a cent


def lay_rooms(problem: Problem) -> dict[str, np.ndarray]:
    """Capacities rounded down; where nothing is tipped they hold for the whole day."""
    fleet, has_tips = problem.vehicles, len(problem.facilities) > 0
    room_l, room_kg = _down(fleet.capacity_l), _down(fleet.capacity_kg)
    room_n = np.array(fleet.capacity_containers)
    aboard = np.stack(
        [_up(fleet.aboard_l), _up(fleet.aboard_kg), fleet.aboard_containers], axis=1
    )
    limits = np.stack(
        [
            _down(fleet.day_l),
            _down(fleet.day_kg),
            fleet.day_containers,
            fleet.max_stops,
        ],
        axis=1,
    )
    whole_l = np.where(room_l > 0, 1 << 58, -1)
    if not has_tips:
        whole_l = np.where(room_l > 0, room_l - aboard[:, 0], -1)
        limits[:, 1] = np.minimum(limits[:, 1], room_kg - aboard[:, 1].sum(axis=1))
        limits[:, 2] = np.minimum(limits[:, 2], room_n - aboard[:, 2].sum(axis=1))
    return {
        "room_l": room_l,
        "room_kg": room_kg,
        "room_n": room_n,
        "whole_l": np.vstack([whole_l, np.full((1, whole_l.shape[1]), -1)]),
        "limits": np.vstack([limits, np.full((1, 4), -1)]),
        "aboard": aboard,
        "takes_home": fleet.home_accepts.astype(np.uint8),
    }


def _up(amounts: np.ndarray) -> np.ndarray:
    return np.ceil(amounts * _MILLI - _FLOAT_ERROR).astype(np.int64)


def _down(amounts: np.ndarray) -> np.ndarray:
    return np.floor(amounts * _MILLI + _FLOAT_ERROR).astype(np.int64)


def lay_visits(problem: Problem, can_take: np.ndarray) -> dict[str, np.ndarray | int]:
    """Return amounts, windows, work and prices of the stops."""
    stops, sites = problem.stops, problem.facilities
    opens_s, closes_s = _windows(
        (stops.earliest_s, stops.latest_s), (sites.opens_s, sites.closes_s)
    )
    is_hopeless = ~np.any(can_take, axis=1)
    price = stops.prize_cents * MICRO
    most = int(_MOST_PENALTY // (MICRO * max(1, len(stops))))
    penalty = min(mandatory_cents(problem), most)
    return {
        "penalty": penalty,
        "demand": np.stack(
            [_up(stops.demand_l), _up(stops.mass_kg), stops.containers], 1
        ),
        "stream": stops.stream.astype(np.int32),
        "price": np.where(stops.is_mandatory, np.int64(penalty) * MICRO, price),
        "is_optional": (~stops.is_mandatory).astype(np.uint8),
        "is_hopeless": is_hopeless.astype(np.uint8),
        "release_s": clipped(stops.release_s),
        "work_s": clipped(stops.work_s),
        "opens_s": opens_s,
        "closes_s": closes_s,
    }


def _windows(*tables: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    width = max(opens_s.shape[1] for opens_s, _ in tables)
    padded = [
        np.vstack(
            [
                np.pad(pair[i], ((0, 0), (0, width - pair[i].shape[1])), "edge")
                for pair in tables
            ]
        )
        for i in range(2)
    ]
    return clipped(padded[0]), clipped(padded[1])
