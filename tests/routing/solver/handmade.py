"""Plans written by hand: halts and pauses in order, at the earliest time that may be.

Nothing here asks whether a plan is any good: it may break every rule but those of
arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.solver.model import Problem
from routing.solver.plan import (
    Plan,
    Run,
    SolverFacts,
    Step,
    StepKind,
    Unserved,
    UnservedReason,
)
from tests.routing.solver.hand_costs import cost_of


@dataclass(frozen=True)
class Pause:
    """A break, `driven_s` after the halt or the break before it."""

    driven_s: int
    length_s: int
    start_s: int | None = None


Script = Sequence[int | Pause]
Windows = tuple[tuple[int, int], ...]


class Driver:
    """Writes down steps while it drives."""

    def __init__(self, problem: Problem, vehicle: int, depart_s: int):
        fleet = problem.vehicles
        self.problem, self.vehicle, self.clock_s = problem, vehicle, depart_s
        self.litres = fleet.aboard_l[vehicle].copy()
        self.kilograms = fleet.aboard_kg[vehicle].copy()
        self.containers = fleet.aboard_containers[vehicle].copy()
        self.here = int(fleet.depot[vehicle])
        self.driven_s = 0  # of the leg, before pauses on the way
        self.steps: list[Step] = []
        self.write(StepKind.DEPART, self.here, depart_s, depart_s)

    def write(self, kind, location, start_s, depart_s, leg_s=0, leg_m=0):
        arrive_s = self.clock_s + leg_s
        step = Step(
            kind=kind,
            location=location,
            arrive_s=arrive_s,
            start_s=start_s,
            depart_s=depart_s,
            wait_s=start_s - arrive_s,
            leg_distance_m=leg_m,
            leg_travel_s=leg_s,
            load_l=tuple(self.litres.tolist()),
            load_kg=tuple(self.kilograms.tolist()),
            load_containers=tuple(self.containers.tolist()),
        )
        self.steps.append(step)
        self.clock_s = depart_s

    def pause(self, pause: Pause, toward: int):
        arrive_s = self.clock_s + pause.driven_s
        start_s = arrive_s if pause.start_s is None else pause.start_s
        self.driven_s += pause.driven_s
        end_s = start_s + pause.length_s
        self.write(StepKind.BREAK, toward, start_s, end_s, leg_s=pause.driven_s)

    def halt(self, location: int, stand_until_s: int):
        stop, facility = place_of(self.problem, location)
        leg_s, leg_m = self.leg_to(location)
        windows, work_s = opening_hours(self.problem, location)
        start_s = first_open_s(self.clock_s + leg_s, windows)
        end_s, kind = start_s + work_s, StepKind.PICKUP
        if stop is not None:
            self.pick_up(stop)
        if facility is not None:
            self.tip(facility)
            end_s, kind = max(end_s, stand_until_s), StepKind.TIP
        self.write(kind, location, start_s, end_s, leg_s, leg_m)

    def pick_up(self, stop: int):
        stops, stream = self.problem.stops, self.problem.stops.stream[stop]
        self.litres[stream] += stops.demand_l[stop]
        self.kilograms[stream] += stops.mass_kg[stop]
        self.containers[stream] += stops.containers[stop]

    def tip(self, facility: int):
        is_gone = self.problem.facilities.accepts[facility]
        for load in (self.litres, self.kilograms, self.containers):
            load[is_gone] = 0

    def come_home(self):
        home = int(self.problem.vehicles.end_depot[self.vehicle])
        leg_s, leg_m = self.leg_to(home)
        arrive_s = self.clock_s + leg_s
        self.write(StepKind.RETURN, home, arrive_s, arrive_s, leg_s, leg_m)

    def leg_to(self, there: int) -> tuple[int, int]:
        seconds, metres = self.problem.ways.legs(
            np.array([self.here]), np.array([there])
        )
        left_s = int(seconds[0]) - self.driven_s
        self.here, self.driven_s = there, 0
        return left_s, int(metres[0])


def place_of(problem: Problem, location: int) -> tuple[int | None, int | None]:
    return problem.stop_at(location), problem.facility_at(location)


def opening_hours(problem: Problem, location: int) -> tuple[Windows, int]:
    """Windows, and the seconds of work, of a stop or a facility."""
    stop, facility = place_of(problem, location)
    if stop is None:
        sites = problem.facilities
        low, high, work_s = sites.opens_s, sites.closes_s, sites.tip_s
        row = facility
    else:
        stops = problem.stops
        low, high, work_s = stops.earliest_s, stops.latest_s, stops.work_s
        row = stop
    windows = zip(low[row].tolist(), high[row].tolist(), strict=True)
    return tuple(windows), int(work_s[row])


def first_open_s(arrive_s: int, windows: Windows) -> int:
    """Earliest start in a window; on arrival, if there is none any more."""
    for opens_s, closes_s in windows:
        if arrive_s <= closes_s:
            return max(arrive_s, opens_s)
    return arrive_s


def drive(
    problem: Problem, script: Script, *, vehicle: int = 0, depart_s: int | None = None
) -> Run:
    """Drive halts and pauses in their order, from depot to end depot."""
    start_s = int(problem.vehicles.shift_start_s[vehicle])
    driver = Driver(problem, vehicle, start_s if depart_s is None else depart_s)
    home = int(problem.vehicles.end_depot[vehicle])
    for i, each in enumerate(script):
        if isinstance(each, Pause):
            after = [x for x in script[i:] if not isinstance(x, Pause)]
            driver.pause(each, toward=after[0] if after else home)
        else:
            driver.halt(each, released_s(problem, script[i + 1 :]))
    driver.come_home()
    return Run(vehicle=vehicle, steps=tuple(driver.steps))


def released_s(problem: Problem, script: Script) -> int:
    """When everything is released that is emptied before the next tip."""
    latest_s = 0
    for each in script:
        if isinstance(each, Pause):
            continue
        stop = problem.stop_at(each)
        if stop is None:
            break
        latest_s = max(latest_s, int(problem.stops.release_s[stop]))
    return latest_s


def plan_of_runs(
    problem: Problem, *runs: Run, reasons: dict[int, UnservedReason] | None = None
) -> Plan:
    """Leave unserved what no run serves, for a reason that may be given."""
    served = {
        problem.stop_at(step.location)
        for run in runs
        for step in run.steps
        if step.kind is StepKind.PICKUP
    }
    unserved = tuple(
        Unserved(
            stop=stop, reason=(reasons or {}).get(stop, plain_reason(problem, stop))
        )
        for stop in range(len(problem.stops))
        if stop not in served
    )
    return Plan(
        runs=runs,
        unserved=unserved,
        cost=cost_of(problem, runs),
        solver=SolverFacts(name="by hand", seconds=0.0, iterations=0, seed=0),
    )


def plain_reason(problem: Problem, stop: int) -> UnservedReason:
    if problem.stops.is_mandatory[stop]:
        return UnservedReason.NO_ROOM
    return UnservedReason.NOT_WORTH_IT
