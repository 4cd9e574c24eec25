"""Turn a solver's plan into runs to drive."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import pairwise

from backend.planning.driven import Driven, trace, trace_driven
from backend.planning.origins import Origins
from backend.planning.problem import Stated
from backend.store.directions import Manoeuvre
from backend.store.plans import NewRun, NewStop
from backend.store.runs import StopKind
from backend.store.so_far import StopSoFar
from routing.roads import Leg, RoadNetwork
from routing.solver import (
    Plan,
    Run,
    Step,
    StepKind,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """The runs of a plan, and what the day has cost before it."""

    runs: list[NewRun]
    spent_cents: float


def draw_runs(plan: Plan, stated: Stated, *, network: RoadNetwork) -> Drawn:
    """Write every run with its stops and its line along the streets.

    A vehicle that has left today keeps its run, from its depot on, even if there is
    nothing more for it to do.
    """
    made = {run.vehicle: run for run in plan.runs}
    origins = Origins(stated)
    driven = [
        trace_driven(vehicle, day, network=network)
        for vehicle, day in zip(stated.inputs.vehicles, stated.days, strict=True)
    ]
    runs = [
        _to_run(
            row, made.get(row), stated, driven[row], origins=origins, network=network
        )
        for row, day in enumerate(stated.days)
        if row in made or day.has_begun
    ]
    return Drawn(runs=runs, spent_cents=sum(each.cents for each in driven))


def _to_run(
    row: int,
    run: Run | None,
    stated: Stated,
    driven: Driven,
    *,
    origins: Origins,
    network: RoadNetwork,
) -> NewRun:
    day = stated.days[row]
    steps = _with_whole_way(run, stated) if run else ()
    halts = [
        stated.places[each.location] for each in steps if each.kind != StepKind.BREAK
    ]
    legs = trace(halts, network=network)
    starts_at, ends_at = _span(row, steps, stated)
    return NewRun(
        vehicle_id=stated.inputs.vehicles[row].vehicle_id,
        starts_at=starts_at,
        ends_at=ends_at,
        distance_m=driven.distance_m + sum(each.leg_distance_m for each in steps),
        drive_s=driven.drive_s + sum(each.leg_travel_s for each in steps),
        geometry=_draw([*driven.legs, *legs]),
        stops=[
            *(_keep_break(each) for each in day.breaks),
            *_to_stops(row, steps, legs, stated, origins),
        ],
        home_directions=_way_home([*driven.legs, *legs]),
    )


def _with_whole_way(run: Run, stated: Stated) -> Sequence[Step]:
    """Give the first leg back what the problem took off as driven already."""
    depart, first, *others = run.steps
    gone_s = stated.gone_s.get((run.vehicle, first.location), 0)
    return [depart, replace(first, leg_travel_s=first.leg_travel_s + gone_s), *others]


def _span(row: int, steps: Sequence[Step], stated: Stated) -> tuple[datetime, datetime]:
    at, day = stated.inputs.service_day.at, stated.days[row]
    begun = day.run if day.has_begun else None
    if begun is None:
        return at(steps[0].depart_s), at(steps[-1].arrive_s)
    return begun.starts_at, at(steps[-1].arrive_s) if steps else begun.ends_at


def _draw(legs: Sequence[Leg]) -> list[tuple[float, float]]:
    points = [(round(lon, 6), round(lat, 6)) for leg in legs for lat, lon in leg.points]
    return points[:1] + [each for before, each in pairwise(points) if each != before]


def _way_home(legs: Sequence[Leg]) -> tuple[Manoeuvre, ...]:
    return _directions(legs[-1]) if legs else ()


def _directions(leg: Leg) -> tuple[Manoeuvre, ...]:
    return tuple(Manoeuvre(**asdict(each)) for each in leg.manoeuvres)


def _keep_break(stop: StopSoFar) -> NewStop:
    return NewStop(
        kind="break",
        origin_stop_id=stop.origin_stop_id,
        arrive_at=stop.arrive_at,
        depart_at=stop.depart_at,
        leg_drive_s=stop.leg_drive_s,
        load_l=stop.load_l,
        load_kg=stop.load_kg,
    )


def _to_stops(
    row: int,
    steps: Sequence[Step],
    legs: Sequence[Leg],
    stated: Stated,
    origins: Origins,
) -> Iterator[NewStop]:
    # A break has no place of its own: the way goes on past it.
    ways = iter(legs)
    for before, step in pairwise(steps):
        match step.kind:
            case StepKind.PICKUP:
                stop = _to_pickup(before, step, stated, origins)
                yield replace(stop, directions=_directions(next(ways)))
            case StepKind.TIP:
                stop = _to_tip(row, before, step, stated, origins)
                yield replace(stop, directions=_directions(next(ways)))
            case StepKind.BREAK:
                rest = _to_stop("break", before, step, stated)
                yield replace(
                    rest,
                    arrive_at=stated.inputs.service_day.at(step.start_s),
                    origin_stop_id=origins.of_break(row),
                )


def _to_pickup(before: Step, step: Step, stated: Stated, origins: Origins) -> NewStop:
    first = stated.problem.stop_location(0)
    found = stated.wishes[step.location - first]
    return replace(
        _to_stop("pickup", before, step, stated),
        slot_id=found.slot.slot_id,
        expected_fill_fraction=found.fill_fraction,
        origin_stop_id=origins.of_pickup(found.slot.slot_id),
    )


def _to_tip(
    row: int, before: Step, step: Step, stated: Stated, origins: Origins
) -> NewStop:
    first = stated.problem.facility_location(0)
    found = stated.inputs.facilities[step.location - first]
    return replace(
        _to_stop("tip", before, step, stated),
        facility_id=found.facility_id,
        origin_stop_id=origins.of_tip(row, found.facility_id),
    )


def _to_stop(kind: StopKind, before: Step, step: Step, stated: Stated) -> NewStop:
    at = stated.inputs.service_day.at
    return NewStop(
        kind=kind,
        arrive_at=at(step.arrive_s),
        depart_at=at(step.depart_s),
        leg_distance_m=step.leg_distance_m,
        leg_drive_s=step.leg_travel_s,
        volume_l=abs(round(sum(step.load_l) - sum(before.load_l))),
        mass_kg=abs(round(sum(step.load_kg) - sum(before.load_kg))),
        load_l=round(sum(step.load_l)),
        load_kg=round(sum(step.load_kg)),
    )
