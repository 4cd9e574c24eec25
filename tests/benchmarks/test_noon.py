"""At noon the trucks go on from where they are: the rest of the plan stays a plan."""

import numpy as np
import pytest

from benchmarks.day import Morning, Noon, look_at_noon
from benchmarks.day.morning import LUNCH
from routing.solver.check import check_plan
from routing.solver.model import Problem
from routing.solver.plan import Plan, StepKind
from routing.solver.problem.breaks import DrivingRule, Rest
from routing.solver.problem.ways import FullWays
from tests.routing.solver.handmade import Pause, drive, plan_of_runs
from tests.routing.solver.towns import Bin, Tip, Town, Truck

HOUR_S = 3600
HALF_AN_HOUR_S = HOUR_S // 2
BACK, DRIVING, WORKING, AT_LUNCH, ASLEEP = range(5)
REST = Rest(breaks=(LUNCH,), driving=DrivingRule())
TRUCK = Truck(
    shift_start_s=7 * HOUR_S, shift_end_s=18 * HOUR_S, fixed_cents=500, rest=REST
)
# Bin 0 is for the truck that is back early, and so on; the last comes up at noon.
BINS = [Bin(at_km=km, service_s=900) for km in (10, 20, 40, 20, 40, 45, 5, 30, 10)]
KNOWN = len(BINS) - 1


def town(bins: list[Bin]) -> Town:
    return Town(bins=bins, trucks=[TRUCK] * 5, tips=[Tip(at_km=15, tip_s=600)])


def bin_at(index: int) -> int:
    return 2 + index


TIP = 1


@pytest.fixture(scope="module")
def morning() -> Morning:
    ways = town(BINS).problem().ways
    assert isinstance(ways, FullWays)
    return Morning(problem=town(BINS[:KNOWN]).problem(), ways=ways)


def lunch_after(driven_s: int, start_s: int | None = None) -> Pause:
    return Pause(driven_s=driven_s, length_s=HALF_AN_HOUR_S, start_s=start_s)


@pytest.fixture(scope="module")
def plan(morning: Morning) -> Plan:
    """Five trucks, each caught doing something else."""
    return plan_of_runs(
        morning.problem,
        drive(morning.problem, [bin_at(0), TIP], vehicle=BACK),
        drive(
            morning.problem,
            [bin_at(1), lunch_after(300), bin_at(2), bin_at(3), TIP],
            vehicle=DRIVING,
            depart_s=10 * HOUR_S + 40 * 60,
        ),
        drive(
            morning.problem,
            [bin_at(4), TIP, lunch_after(60)],
            vehicle=WORKING,
            depart_s=11 * HOUR_S + 900,
        ),
        drive(
            morning.problem,
            [bin_at(5), lunch_after(600, start_s=12 * HOUR_S - 60), bin_at(6), TIP],
            vehicle=AT_LUNCH,
            depart_s=10 * HOUR_S,
        ),
        drive(morning.problem, [bin_at(7), TIP], vehicle=ASLEEP, depart_s=14 * HOUR_S),
    )


@pytest.fixture(scope="module")
def noon(morning: Morning, plan: Plan) -> Noon:
    return look_at_noon(morning, plan)


def go_on(problem: Problem, noon: Noon) -> Plan:
    """Drive what is still on the lists; the new stop goes to the truck at home."""
    scripts: list[list[int | Pause]] = [list(halts) for halts in noon.planned_halts]
    new = problem.stop_location(len(problem.stops) - 1)
    scripts[ASLEEP] = [new, *scripts[ASLEEP]]
    scripts[WORKING].append(lunch_after(60))
    starts = problem.vehicles.shift_start_s.tolist()
    starts[ASLEEP] = 13 * HOUR_S
    return plan_of_runs(
        problem,
        *(
            drive(problem, script, vehicle=vehicle, depart_s=starts[vehicle])
            for vehicle, script in enumerate(scripts)
            if script
        ),
    )


def test_the_scene_is_set(morning: Morning, plan: Plan):
    assert check_plan(morning.problem, plan) == []


def test_what_is_done_is_gone_and_one_stop_is_new(noon: Noon):
    assert noon.problem.stops.planned_vehicle.tolist() == [
        *(DRIVING, DRIVING, AT_LUNCH, ASLEEP),
        -1,
    ]
    assert noon.problem.stops.move_cents[-1] == 0
    assert noon.problem.stops.is_mandatory[-1]


def test_trucks_on_the_road_start_where_they_are(noon: Noon):
    vehicles = noon.problem.vehicles

    assert noon.problem.depot_count == 4
    assert vehicles.is_under_way.tolist() == [False, True, True, True, False]
    assert vehicles.depot.tolist() == [0, 1, 2, 3, 0]
    assert vehicles.end_depot.tolist() == [0] * 5


def test_they_go_on_when_their_work_or_break_is_over(noon: Noon):
    noon_s = 12 * HOUR_S
    assert noon.problem.vehicles.shift_start_s.tolist() == [
        *(noon_s, noon_s),
        11 * HOUR_S + 900 + 40 * 60 + 900,
        noon_s + 29 * 60,
        noon_s,
    ]


def test_they_have_on_board_what_they_picked_up(noon: Noon):
    assert noon.problem.vehicles.aboard_l[:, 0].tolist() == [0, 100, 100, 100, 0]


def test_they_first_go_where_they_are_heading(noon: Noon):
    facility = noon.problem.depot_count

    assert [len(each) for each in noon.problem.locked] == [0, 1, 1, 1, 0]
    assert noon.problem.locked[WORKING] == (facility,)


def test_lunch_is_not_had_twice_and_not_forgotten(noon: Noon):
    assert [len(each.breaks) for each in noon.problem.rests] == [1, 0, 1, 0, 1]


def test_a_run_that_was_begun_is_paid_for(noon: Noon):
    assert noon.problem.vehicles.fixed_cents.tolist() == [0, 0, 0, 0, 500]


def test_going_on_as_planned_breaks_no_rule_and_is_as_late(
    morning: Morning, plan: Plan, noon: Noon
):
    again = go_on(noon.problem, noon)

    assert check_plan(noon.problem, again) == []
    home_s = {run.vehicle: run.steps[-1].arrive_s for run in plan.runs}
    for run in again.runs:
        if run.vehicle != ASLEEP:
            assert run.steps[-1].arrive_s == home_s[run.vehicle]


def test_metres_left_are_in_proportion(noon: Noon):
    """From 11:15 twenty minutes to drive: five before lunch, ten after it by noon."""
    heads_for = noon.problem.locked[DRIVING][0]

    seconds, metres = noon.problem.ways.legs(np.array([1]), np.array([heads_for]))

    assert (seconds.item(), metres.item()) == (300, 5000)


def test_a_truck_heading_home_has_nothing_locked(morning: Morning):
    run = drive(morning.problem, [bin_at(5), TIP], depart_s=12 * HOUR_S - 105 * 60 - 60)
    on_the_way_home = look_at_noon(morning, plan_of_runs(morning.problem, run))

    assert run.steps[-2].kind is StepKind.TIP
    assert run.steps[-2].depart_s < 12 * HOUR_S < run.steps[-1].arrive_s
    assert on_the_way_home.problem.locked[0] == ()
    assert on_the_way_home.problem.vehicles.is_under_way[0]
