"""What is on board along a run."""

from dataclasses import dataclass
from math import isclose

from routing.solver.check.rules import Found, FoundInRun, Rule
from routing.solver.model import Problem
from routing.solver.plan import Run, Step, StepKind

_TOLERANCE = 1e-6  # litres, kilograms: sums in another order differ


@dataclass(slots=True)
class Aboard:
    """What a vehicle carries, one number for each stream."""

    litres: list[float]
    kilograms: list[float]
    containers: list[int]


def load_faults(problem: Problem, run: Run) -> FoundInRun:
    """Find loads that are too large, wrongly written down, or brought home."""
    aboard = aboard_at_start(problem, run.vehicle)
    for i, step in enumerate(run.steps):
        carry(problem, step, aboard)
        for rule, message in (
            *_compartment(problem, run.vehicle, step),
            *_capacity(problem, run.vehicle, aboard),
            *_written(step, aboard),
        ):
            yield i, rule, message
    for rule, message in _home(problem, run.vehicle, aboard):
        yield len(run.steps) - 1, rule, message


def aboard_at_start(problem: Problem, vehicle: int) -> Aboard:
    """Return what the vehicle departs with."""
    fleet = problem.vehicles
    return Aboard(
        litres=fleet.aboard_l[vehicle].tolist(),
        kilograms=fleet.aboard_kg[vehicle].tolist(),
        containers=fleet.aboard_containers[vehicle].tolist(),
    )


def carry(problem: Problem, step: Step, aboard: Aboard) -> None:
    """Add what the step picks up, and take away what it tips."""
    if step.kind is StepKind.TIP:
        is_accepted = problem.facilities.accepts[step.location - problem.depot_count]
        for stream in range(len(problem.streams)):
            if is_accepted[stream]:
                aboard.litres[stream] = aboard.kilograms[stream] = 0.0
                aboard.containers[stream] = 0
    elif step.kind is StepKind.PICKUP:
        stops, stop = problem.stops, step.location - problem.stop_location(0)
        stream = int(stops.stream[stop])
        aboard.litres[stream] += float(stops.demand_l[stop])
        aboard.kilograms[stream] += float(stops.mass_kg[stop])
        aboard.containers[stream] += int(stops.containers[stop])


def exceeds(amount: float, limit: float) -> bool:
    """Tell whether an amount is above a limit by more than sums may differ."""
    return amount > limit and not isclose(
        amount, limit, rel_tol=1e-12, abs_tol=_TOLERANCE
    )


def _compartment(problem: Problem, vehicle: int, step: Step) -> Found:
    if step.kind is StepKind.PICKUP:
        stop = step.location - problem.stop_location(0)
        stream = int(problem.stops.stream[stop])
        if problem.vehicles.capacity_l[vehicle, stream] <= 0:
            yield Rule.COMPARTMENT, f"no compartment for {problem.streams[stream]}"


def _capacity(problem: Problem, vehicle: int, aboard: Aboard) -> Found:
    fleet = problem.vehicles
    for stream, litres in enumerate(aboard.litres):
        limit_l = float(fleet.capacity_l[vehicle, stream])
        # Without a compartment there is another rule that says so.
        if limit_l > 0 and exceeds(litres, limit_l):
            name = problem.streams[stream]
            yield Rule.LITRES, f"{litres:g} l of {name}, capacity {limit_l:g} l"
    kilograms, limit_kg = sum(aboard.kilograms), float(fleet.capacity_kg[vehicle])
    if exceeds(kilograms, limit_kg):
        yield Rule.KILOGRAMS, f"{kilograms:g} kg, capacity {limit_kg:g} kg"
    containers, limit = sum(aboard.containers), int(fleet.capacity_containers[vehicle])
    if containers > limit:
        yield Rule.CONTAINERS, f"{containers} containers, capacity {limit}"


def _written(step: Step, aboard: Aboard) -> Found:
    for name, written, expected in (
        ("load_l", step.load_l, aboard.litres),
        ("load_kg", step.load_kg, aboard.kilograms),
        ("load_containers", step.load_containers, aboard.containers),
    ):
        if not all(
            isclose(float(a), float(b), rel_tol=1e-12, abs_tol=_TOLERANCE)
            for a, b in zip(written, expected, strict=True)
        ):
            yield Rule.LOAD, f"{name} = {tuple(written)}, expected {tuple(expected)}"


def _home(problem: Problem, vehicle: int, aboard: Aboard) -> Found:
    for stream, name in enumerate(problem.streams):
        amounts = (
            aboard.litres[stream],
            aboard.kilograms[stream],
            aboard.containers[stream],
        )
        if not problem.vehicles.home_accepts[vehicle, stream] and max(amounts) > 0:
            litres, kilograms, containers = amounts
            message = (
                f"{litres:g} l, {kilograms:g} kg, {containers} containers of {name}"
            )
            yield Rule.HOME_LOADED, message
