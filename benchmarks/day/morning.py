"""The morning: 200 stops, five trucks with compartments, two facilities, lunch."""

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.day.streets import measure_ways
from routing.arrays import BoolArray, IntArray
from routing.solver.model import Problem
from routing.solver.problem.breaks import Break, DrivingRule, Rest
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import FullWays, Ways

STOPS = 200
HOUR_S = 3600
RESIDUAL, PAPER, GLASS = range(3)
DEPOT = (60.16545, 24.93905)  # lat, lon; where the demo has them
TRANSFER_STATION, RECYCLING_HALL = (60.17785, 24.95105), (60.17665, 24.94175)
HUBS = [DEPOT, TRANSFER_STATION, RECYCLING_HALL]
SHIFT_S = (7 * HOUR_S, 16 * HOUR_S)
LUNCH = Break(earliest_s=11 * HOUR_S, latest_s=13 * HOUR_S, length_s=HOUR_S // 2)

SHARE_OF_STREAM = (0.5, 0.3, 0.2)
KG_PER_LITRE = np.array([0.12, 0.07, 0.30])
CONTAINER_L = np.array([660, 660, 1500])
MANDATORY_SHARE = 0.6
CRANE_SHARE, NARROW_SHARE = 0.25, 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Morning:
    """A day's problem, and the ways to one place more, which nobody knows of yet."""

    problem: Problem
    ways: FullWays


def make_morning(seed: int) -> Morning:
    """Return the day that a seed stands for."""
    ways = measure_ways(HUBS, STOPS + 1, seed)
    rng = np.random.default_rng([seed, 1])
    known = np.arange(len(ways) - 1)
    problem = Problem(
        streams=("residual", "paper", "glass"),
        depot_count=1,
        facilities=_facilities(),
        stops=_stops(rng),
        vehicles=_vehicles(),
        ways=_among(ways, known),
        skills=("crane", "narrow truck"),
        rests=(Rest(breaks=(LUNCH,), driving=DrivingRule()),) * 5,
    )
    return Morning(problem=problem, ways=ways)


def _among(ways: FullWays, rows: IntArray) -> Ways:
    square = np.ix_(rows, rows)
    return replace(
        ways, travel_s=ways.travel_s[square], distance_m=ways.distance_m[square]
    )


def _facilities() -> Facilities:
    return Facilities(
        accepts=np.array([[1, 1, 0], [0, 1, 1]], np.bool_),
        tip_s=np.array([600, 480]),
        opens_s=np.array([6 * HOUR_S, 7 * HOUR_S]),
        closes_s=np.array([18 * HOUR_S, 17 * HOUR_S]),
        tip_cents=np.array([1500, 800]),
        cents_per_tonne=np.array([[9000.0, 2000.0, 0.0], [0.0, 0.0, 1500.0]]),
    )


def _vehicles() -> Vehicles:
    """Return two rear loaders, two with compartments (one has a crane), a small one."""
    return Vehicles(
        capacity_l=np.array(
            [
                *([18_000, 0, 0], [18_000, 0, 0]),
                *([0, 12_000, 6_000], [0, 7_000, 9_000], [5_000, 4_000, 2_500]),
            ],
            np.float64,
        ),
        capacity_kg=np.array([5500.0, 5500.0, 5000.0, 5500.0, 2500.0]),
        shift_start_s=np.full(5, SHIFT_S[0]),
        shift_end_s=np.full(5, SHIFT_S[1]),
        overtime_s=np.full(5, HOUR_S),
        overtime_cents_per_hour=np.full(5, 3000.0),
        cents_per_km=np.array([210.0, 210.0, 180.0, 190.0, 90.0]),
        cents_per_hour=np.full(5, 4800.0),
        fixed_cents=np.array([4000, 4000, 3500, 3500, 2000]),
        has=np.array([[0, 0], [0, 0], [0, 0], [1, 0], [1, 1]], np.bool_),
    )


def _stops(rng: np.random.Generator) -> Stops:
    stream = rng.choice(3, size=STOPS, p=SHARE_OF_STREAM)
    containers = np.where(stream == GLASS, 1, rng.integers(1, 4, STOPS))
    litres = CONTAINER_L[stream] * containers * rng.uniform(0.5, 1.0, STOPS)
    is_mandatory = rng.random(STOPS) < MANDATORY_SHARE
    earliest_s, latest_s = _windows(rng)
    return Stops(
        demand_l=litres.round(),
        stream=stream,
        mass_kg=(litres * KG_PER_LITRE[stream]).round(1),
        containers=containers,
        service_s=rng.integers(120, 300, STOPS),
        service_per_container_s=np.full(STOPS, 45),
        earliest_s=earliest_s,
        latest_s=latest_s,
        prize_cents=rng.integers(300, 2500, STOPS) + 4000 * is_mandatory,
        is_mandatory=is_mandatory,
        needs=_needs(rng, stream),
    )


def _needs(rng: np.random.Generator, stream: IntArray) -> BoolArray:
    crane = (stream == GLASS) & (rng.random(STOPS) < CRANE_SHARE)
    narrow = rng.random(STOPS) < NARROW_SHARE
    return np.column_stack((crane, narrow))


def _windows(
    rng: np.random.Generator,
) -> tuple[IntArray, IntArray]:
    """Give most stops the day, some the early hours, some two windows."""
    hours = np.array(
        [[[0, 24], [0, 24]], [[6, 10], [6, 10]], [[9, 24], [9, 24]], [[6, 8], [10, 15]]]
    )
    chosen = hours[rng.choice(len(hours), size=STOPS, p=(0.65, 0.15, 0.1, 0.1))]
    return chosen[:, :, 0] * HOUR_S, chosen[:, :, 1] * HOUR_S
