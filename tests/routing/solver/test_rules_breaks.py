"""Breaks and the driving rule, each at its limit and a little beyond."""

from dataclasses import replace

import pytest

from routing.solver.plan import StepKind
from routing.solver.problem.breaks import Break, DrivingRule, Rest
from tests.routing.solver.planned import left_of, minutes_of, plan_of
from tests.routing.solver.towns import KM_S, Bin, Town, Truck


def truck_with(rest: Rest, *, end_min: int = 60, **changes) -> Truck:
    """Cost a cent a minute, and nothing else."""
    truck = Truck(cents_per_km=0, cents_per_hour=60, shift_end_s=end_min * KM_S)
    return replace(truck, rest=rest, **changes)


def lunch(earliest_min: int, latest_min: int, length_min: int) -> Rest:
    only = Break(
        earliest_s=earliest_min * KM_S,
        latest_s=latest_min * KM_S,
        length_s=length_min * KM_S,
    )
    return Rest(breaks=(only,))


def breaks_of(plan) -> list[int]:
    """Minutes at which breaks begin."""
    return [
        step.start_s // 60
        for run in plan.runs
        for step in run.steps
        if step.kind is StepKind.BREAK
    ]


#: Ten minutes there, ten back.
FAR = [Bin(at_km=10)]


@pytest.mark.parametrize(("latest_min", "minutes"), [(20, 20), (19, 25)])
def test_who_is_home_in_time_needs_no_break(latest_min, minutes):
    truck = truck_with(lunch(10, latest_min, 5), end_min=25)

    assert minutes_of(plan_of(Town(bins=FAR, trucks=[truck]))) == minutes


@pytest.mark.parametrize(("end_min", "left"), [(25, []), (24, [0])])
def test_a_break_takes_its_time_of_the_shift(end_min, left):
    truck = truck_with(lunch(10, 19, 5), end_min=end_min)

    assert left_of(plan_of(Town(bins=FAR, trucks=[truck]))) == left


@pytest.mark.parametrize(("most_min", "left"), [(25, []), (24, [0])])
def test_a_break_counts_as_time_of_the_run(most_min, left):
    truck = truck_with(lunch(10, 12, 5), end_min=30, max_duration_s=most_min * KM_S)

    assert left_of(plan_of(Town(bins=FAR, trucks=[truck]))) == left


@pytest.mark.parametrize(("end_min", "minutes"), [(35, 20), (34, 25)])
def test_who_leaves_late_enough_had_the_break_at_home(end_min, minutes):
    """The break could be over at minute 15; the run then ends at 35."""
    truck = truck_with(lunch(10, 12, 5), end_min=end_min)

    assert minutes_of(plan_of(Town(bins=FAR, trucks=[truck]))) == minutes


def test_a_break_lies_on_the_way_where_no_halt_is_in_its_window():
    truck = truck_with(lunch(4, 6, 5), end_min=25, shift_start_s=0)
    bins = [Bin(at_km=10, latest_s=15 * KM_S)]

    plan = plan_of(Town(bins=bins, trucks=[truck]))

    [begun] = breaks_of(plan)
    assert 4 <= begun <= 6
    assert (
        plan.runs[0].steps[1].leg_travel_s + plan.runs[0].steps[2].leg_travel_s == 600
    )


@pytest.mark.parametrize(("latest_min", "left"), [(15, []), (14, [0])])
def test_a_break_before_a_bin_closes_makes_the_truck_late(latest_min, left):
    truck = truck_with(lunch(4, 6, 5), end_min=25)
    bins = [Bin(at_km=10, latest_s=latest_min * KM_S)]

    assert left_of(plan_of(Town(bins=bins, trucks=[truck]))) == left


def test_a_break_is_had_while_waiting_anyway():
    """At the first bin by minute 10, at the second from minute 20 on."""
    bins = [Bin(at_km=10, latest_s=10 * KM_S), Bin(at_km=10, earliest_s=20 * KM_S)]
    for length_min, minutes in ((10, 30), (11, 31)):
        truck = truck_with(lunch(10, 12, length_min), end_min=40)
        plan = plan_of(Town(bins=bins, trucks=[truck]))
        assert minutes_of(plan) == minutes


@pytest.mark.parametrize(("latest_min", "left"), [(18, []), (17, [0])])
def test_a_break_never_lies_in_the_work(latest_min, left):
    """At the bin from minute 10 on; the break comes at 13 or 14, the work is long."""
    truck = truck_with(lunch(13, 14, 5), end_min=50)
    bins = [Bin(at_km=10, service_s=20 * KM_S, latest_s=latest_min * KM_S)]

    assert left_of(plan_of(Town(bins=bins, trucks=[truck]))) == left


def test_a_driver_may_have_several_breaks():
    early, late = lunch(5, 6, 5).breaks[0], lunch(15, 16, 7).breaks[0]
    for end_min, left in ((32, []), (31, [0])):
        truck = truck_with(Rest(breaks=(early, late)), end_min=end_min)
        plan = plan_of(Town(bins=[Bin(at_km=10, latest_s=1200)], trucks=[truck]))
        assert left_of(plan) == left


def test_who_has_no_break_is_sent_where_a_break_would_be_dear():
    resting, free = truck_with(lunch(4, 12, 30)), truck_with(Rest())
    bins = [Bin(at_km=10, latest_s=20 * KM_S)]

    plan = plan_of(Town(bins=bins, trucks=[resting, free]))

    assert [run.vehicle for run in plan.runs] == [1]


# The driving rule: five minutes of rest in twenty minutes of driving.

RULE = DrivingRule(max_driving_s=20 * KM_S, rest_s=5 * KM_S)


@pytest.mark.parametrize(
    ("at_km", "minutes"), [(10, 20), (11, 22 + 5), (20, 40 + 5), (21, 42 + 10)]
)
def test_a_rest_is_had_in_time_and_no_more_often(at_km, minutes):
    truck = truck_with(Rest(driving=RULE))
    plan = plan_of(Town(bins=[Bin(at_km=at_km)], trucks=[truck]))

    assert minutes_of(plan) == minutes


@pytest.mark.parametrize(("end_min", "left"), [(27, []), (26, [0])])
def test_a_rest_takes_its_time_of_the_shift(end_min, left):
    truck = truck_with(Rest(driving=RULE), end_min=end_min)

    assert left_of(plan_of(Town(bins=[Bin(at_km=11)], trucks=[truck]))) == left


@pytest.mark.parametrize(("length_min", "minutes"), [(5, 27), (4, 31)])
def test_a_break_that_is_long_enough_is_a_rest(length_min, minutes):
    rest = replace(lunch(10, 12, length_min), driving=RULE)
    bins = [Bin(at_km=11, latest_s=17 * KM_S)]
    truck = truck_with(rest, end_min=35, shift_start_s=0)

    plan = plan_of(Town(bins=bins, trucks=[truck]))

    assert minutes_of(plan) == minutes


def test_waiting_is_no_rest():
    bins = [Bin(at_km=11, latest_s=11 * KM_S), Bin(at_km=11, earliest_s=13 * KM_S)]

    plan = plan_of(Town(bins=bins, trucks=[truck_with(Rest(driving=RULE))]))

    # The rest at the bins begins at minute 11 and swallows the wait.
    assert minutes_of(plan) == 22 + 5
    assert breaks_of(plan)


def test_work_is_no_driving():
    bins = [Bin(at_km=10, service_s=20 * KM_S)]

    plan = plan_of(Town(bins=bins, trucks=[truck_with(Rest(driving=RULE))]))

    assert minutes_of(plan) == 40
    assert breaks_of(plan) == []
