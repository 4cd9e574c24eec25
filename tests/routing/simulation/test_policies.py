"""Fixed rounds, thresholds, faults of sensors, bad input."""

from dataclasses import replace

import numpy as np
import pytest

from routing.simulation import (
    Fleet,
    Morning,
    Sensors,
    Threshold,
    next_sensors,
    simulate,
    tailored_plan,
    uniform_plan,
)
from tests.routing.simulation.worlds import FLEET, line_world


def morning(*, day=0, readings=None, emptied_h=None, fleet=FLEET) -> Morning:
    world = line_world([0.05, 0.2, 0.5], days=60)
    readings = np.full((3, 1), np.nan) if readings is None else np.array(readings)
    return Morning(
        world=world,
        fleet=fleet,
        day=day,
        read_h=world.start_h + day * 24 + 1 + np.arange(readings.shape[1]),
        readings=readings,
        emptied_h=emptied_h or ((), (), ()),
        fill=world.first_fill,
    )


@pytest.mark.parametrize(
    ("interval_days", "visits"),
    [(1.4, 56), (2.4, 32), (3.5, 16), (7.0, 8), (14.0, 4), (28.0, 2)],
)
def test_a_fixed_plan_keeps_its_interval(interval_days, visits):
    plan = uniform_plan(line_world([0.1] * 3), interval_days)

    due = [plan(morning(day=day)).is_mandatory for day in range(56)]

    assert np.sum(due, axis=0).tolist() == [visits] * 3


def test_a_tailored_plan_visits_busy_bins_more_often():
    plan = tailored_plan(line_world([0.05, 0.2, 0.5]), 0.7)

    assert plan.interval_days.tolist() == [14.0, 2.4, 1.4]


def test_a_fixed_plan_expects_what_has_come_since():
    plan = uniform_plan(line_world([0.05, 0.2, 0.5]), 7.0)
    two_days_ago_h = morning(day=4).now_h - 48

    choice = plan(morning(day=4, emptied_h=((two_days_ago_h,),) * 3))

    assert choice.fill == pytest.approx([0.1, 0.4, 1.0])


def test_a_threshold_takes_what_the_last_reading_says_is_full():
    readings = [[0.9, 0.1], [0.1, 0.8], [0.1, 0.79]]

    due = Threshold(fill=0.8)(morning(readings=readings)).is_mandatory

    assert due.tolist() == [False, True, False]


def test_neighbours_of_a_full_bin_come_along():
    readings = [[0.5], [0.8], [0.4]]
    policy = Threshold(fill=0.8, beside_fill=0.5, beside_m=5000)

    due = policy(morning(readings=readings)).is_mandatory

    assert due.tolist() == [True, True, False]


def test_a_bin_silent_for_a_week_is_due():
    readings = [[0.0]] * 3
    late = replace(morning(day=9, readings=readings), read_h=np.array([96.0]))

    assert Threshold(fill=0.8)(late).is_mandatory.all()


def test_sensors_lie_fall_silent_and_stick_as_the_world_has_it():
    nan = np.nan
    sensors = Sensors(
        every_h=24.0,
        noise=np.array([[0.1, 0.0, 0.0, 0.0]]),
        echo=np.array([[nan, 0.9, nan, nan]]),
        is_heard=np.array([[True, True, True, False]]),
        is_stuck=np.array([[False, False, True, False]]),
    )

    said, last = sensors.report(
        np.array([[0.2, 0.3, 0.4, 0.5]]), first=0, before=np.array([0.0])
    )

    assert said[0, :3] == pytest.approx([0.3, 0.9, 0.9])
    assert np.isnan(said[0, 3])
    assert last.tolist() == [0.5]


def test_the_next_sensor_pays_where_none_is_and_much_comes():
    world = line_world([0.002, 0.2, 0.2], days=30)
    is_heard = np.zeros((3, 30), np.bool_)
    is_heard[2] = True
    seen = replace(world, sensors=replace(world.sensors, is_heard=is_heard))

    worth = next_sensors(seen, FLEET, rho=2.0)

    assert worth[1] > worth[0] >= 0
    assert worth[2] == 0


def test_a_policy_sees_no_reading_after_the_hour_of_planning():
    world = replace(
        line_world([0.1]),
        sensors=Sensors(
            every_h=3.0,
            noise=np.zeros((1, 48)),
            echo=np.full((1, 48), np.nan),
            is_heard=np.ones((1, 48), np.bool_),
            is_stuck=np.zeros((1, 48), np.bool_),
        ),
    )
    seen = []

    def spy(morning):
        seen.append(morning)
        return Threshold(fill=0.8)(morning)

    simulate(world, spy, fleet=FLEET)

    for each in seen:
        assert each.read_h[-1] <= each.now_h < each.read_h[-1] + 3
        assert np.isfinite(each.readings).all()
        assert each.readings[0, -1] <= each.fill[0] + 1e-9


@pytest.mark.parametrize(
    "changes",
    [
        {"capacity_l": ()},
        {"shift_end_h": 5.0},
        {"service_weekdays": frozenset()},
        {"capacity_kg": (1.0, 2.0)},
    ],
)
def test_a_fleet_that_cannot_be_is_refused(changes):
    given = {name: getattr(FLEET, name) for name in Fleet.__slots__}

    with pytest.raises(ValueError, match=next(iter(changes))):
        Fleet(**{**given, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"volume_l": np.ones(2)},
        {"step_h": 5.0},
        {"arrived": np.full((3, 24), -1.0)},
        {"travel_s": np.ones((3, 3))},
        {"arrived": np.ones((3, 25))},
    ],
)
def test_a_world_that_cannot_be_is_refused(changes):
    with pytest.raises(ValueError, match=next(iter(changes))):
        replace(line_world([0.1] * 3), **changes)
