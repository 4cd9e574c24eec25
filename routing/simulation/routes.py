"""From a policy's choice to the runs of the day, by the product's solver."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import IntArray
from routing.simulation.fleet import Fleet
from routing.simulation.policy import Choice
from routing.simulation.world import World
from routing.solver import (
    UNLIMITED,
    Budget,
    Facilities,
    FullWays,
    Plan,
    Problem,
    StepKind,
    Stops,
    Vehicles,
    solve,
)

S_PER_H = 3600
MUST_CENTS = 1_000_000
"""So much is a mandatory bin worth. As a prize, because a day that cannot hold all of
them shall be planned as fast as any other."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Routes:
    """The runs of a day.

    Parameters
    ----------
    halts
        For each run its vehicle, when it departs, and the places it goes to in order:
        slots and facilities, the depot at the end left out.
    """

    halts: tuple[tuple[int, int, tuple[int, ...]], ...]


NO_ROUTES = Routes(halts=())


def plan_routes(
    world: World, fleet: Fleet, choice: Choice, *, iterations: int, seed: int
) -> Routes:
    """Solve the day; the same choice and seed give the same runs."""
    wanted = np.flatnonzero(choice.is_mandatory | (choice.prize_cents > 0))
    if not len(wanted):
        return NO_ROUTES
    problem = state_problem(world, fleet, choice, wanted)
    plan = solve(problem, budget=Budget(iterations=iterations), seed=seed)
    return _read(plan, world, wanted)


def state_problem(
    world: World, fleet: Fleet, choice: Choice, wanted: IntArray
) -> Problem:
    """State the day as the solver wants it; `wanted` are the slots that may be in."""
    volume_l = world.volume_l[wanted] * choice.fill[wanted]
    facilities = max(1, world.facilities)
    places = _solver_places(world, wanted)
    return Problem(
        streams=(world.stream,),
        depot_count=1,
        facilities=Facilities(
            accepts=np.ones((facilities, 1), np.bool_),
            tip_s=np.full(facilities, fleet.tip_s),
        ),
        stops=Stops(
            demand_l=volume_l,
            mass_kg=volume_l * world.kg_per_l[wanted],
            service_s=world.service_s[wanted],
            prize_cents=np.rint(
                np.where(choice.is_mandatory, MUST_CENTS, choice.prize_cents)[wanted]
            ).astype(np.int64),
            is_mandatory=np.zeros(len(wanted), np.bool_),
        ),
        vehicles=_vehicles(fleet),
        ways=FullWays(
            travel_s=world.travel_s[np.ix_(places, places)],
            distance_m=world.distance_m[np.ix_(places, places)],
        ),
    )


def _vehicles(fleet: Fleet) -> Vehicles:
    v = len(fleet)
    return Vehicles(
        capacity_l=np.array(fleet.capacity_l)[:, None],
        capacity_kg=np.array(fleet.capacity_kg or [UNLIMITED] * v, np.float64),
        shift_start_s=np.full(v, round(fleet.shift_start_h * S_PER_H)),
        shift_end_s=np.full(v, round(fleet.shift_end_h * S_PER_H)),
        cents_per_km=np.full(v, float(fleet.cents_per_km)),
        cents_per_hour=np.full(v, float(fleet.cents_per_hour)),
    )


def _solver_places(world: World, wanted: IntArray) -> IntArray:
    """Return the world's places of the problem's locations."""
    tips = np.arange(1, world.first_place) if world.facilities else np.zeros(1)
    places: IntArray = np.concatenate([[0], tips, world.first_place + wanted]).astype(
        np.int64
    )
    return places


def _read(plan: Plan, world: World, wanted: IntArray) -> Routes:
    places = _solver_places(world, wanted).tolist()
    return Routes(
        halts=tuple(
            (
                run.vehicle,
                run.steps[0].depart_s,
                tuple(
                    places[step.location]
                    for step in run.steps
                    if step.kind in (StepKind.PICKUP, StepKind.TIP)
                ),
            )
            for run in plan.runs
        )
    )
