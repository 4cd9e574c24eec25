"""Turn a solver's plan into runs to drive and reasons to read."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from backend.planning.inputs import Inputs
from backend.planning.problem import Stated, Wish
from backend.store.history import Decision
from backend.store.plans import NewRun, NewStop
from routing import Explanation, Plan, Run, Step, StepKind
from routing.roads import RoadNetwork


def to_runs(
    plan: Plan, stated: Stated, inputs: Inputs, *, network: RoadNetwork
) -> list[NewRun]:
    """Write every run with its stops and its line along the streets."""
    return [_to_run(run, stated, inputs, network=network) for run in plan.runs]


def _to_run(
    run: Run, stated: Stated, inputs: Inputs, *, network: RoadNetwork
) -> NewRun:
    day = inputs.service_day
    halts = [stated.places[step.location] for step in run.steps]
    geometry: list[tuple[float, float]] = []
    for start, end in pairwise(halts):
        leg = network.path(start, end)
        geometry += [(round(lon, 6), round(lat, 6)) for lat, lon in leg.points]
    return NewRun(
        vehicle_id=inputs.vehicles[run.vehicle].vehicle_id,
        starts_at=day.at(run.steps[0].depart_s),
        ends_at=day.at(run.steps[-1].arrive_s),
        distance_m=run.distance_m,
        drive_s=sum(step.leg_travel_s for step in run.steps),
        geometry=_without_repeats(geometry),
        stops=list(_to_stops(run, stated, inputs)),
    )


def _without_repeats(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [
        each
        for index, each in enumerate(points)
        if index == 0 or each != points[index - 1]
    ]


def _to_stops(run: Run, stated: Stated, inputs: Inputs) -> Iterator[NewStop]:
    for before, step in pairwise(run.steps):
        if step.kind in (StepKind.PICKUP, StepKind.TIP):
            yield _to_stop(before, step, stated, inputs)


def _to_stop(before: Step, step: Step, stated: Stated, inputs: Inputs) -> NewStop:
    stop = stated.problem.stop_at(step.location)
    facility = stated.problem.facility_at(step.location)
    found = None if stop is None else stated.wishes[stop]
    at = inputs.service_day.at
    return NewStop(
        kind="tip" if found is None else "pickup",
        slot_id=None if found is None else found.slot.slot_id,
        facility_id=(
            None if facility is None else inputs.facilities[facility].facility_id
        ),
        arrive_at=at(step.arrive_s),
        depart_at=at(step.depart_s),
        leg_distance_m=step.leg_distance_m,
        leg_drive_s=step.leg_travel_s,
        expected_fill_fraction=None if found is None else found.fill_fraction,
        volume_l=abs(round(sum(step.load_l) - sum(before.load_l))),
        mass_kg=abs(round(step.load_kg - before.load_kg)),
        load_l=round(sum(step.load_l)),
        load_kg=round(step.load_kg),
    )


def to_decisions(
    plan: Plan,
    stated: Stated,
    wishes: Sequence[Wish],
    *,
    plan_id: int,
    explanations: Sequence[Explanation],
) -> list[Decision]:
    """Say of every bin why it is in the plan or is not."""
    costs = {each.stop: each.marginal_cents for each in explanations}
    index = {each.slot.slot_id: stop for stop, each in enumerate(stated.wishes)}
    reasons = {each.stop: each.reason.value for each in plan.unserved}
    decisions = []
    for each in wishes:
        stop = index.get(each.slot.slot_id)
        outcome, why = _judge(each, stop, stated, reasons)
        decisions.append(
            Decision(
                plan_id=plan_id,
                slot_id=each.slot.slot_id,
                outcome=outcome,
                why=why,
                is_mandatory=each.prize.is_mandatory,
                prize_cents=each.prize.prize_cents,
                detour_cents=None if stop is None else _rounded(costs[stop]),
                overflow_probability=each.prize.overflow_probability,
            )
        )
    return decisions


def _rounded(cents: float | None) -> int | None:
    return None if cents is None else round(cents)


def _judge(
    each: Wish, stop: int | None, stated: Stated, reasons: Mapping[int, str]
) -> tuple[str, str]:
    if stop is None:
        return "unreachable", stated.unreachable[each.slot.slot_id]
    if stop not in reasons:
        return "planned", each.prize.reason.value
    if each.prize.is_mandatory:
        return "unserved", reasons[stop]
    return "left", each.prize.reason.value
