"""A city in the shape of Groningen, and the rule that its operator goes by."""

import numpy as np
import pytest

from routing.simulation import Fleet, Sensors, World, simulate
from routing.simulation.groningen import (
    CLUSTERS,
    CONTAINERS,
    GRONINGEN_FLEET,
    make_groningen,
)
from routing.simulation.policy import Morning
from routing.simulation.soonest import SoonestFull


@pytest.fixture(scope="module")
def city():
    return make_groningen(seed=3, days=7)


def test_it_has_the_clusters_containers_and_litres_of_the_paper(city):
    assert len(city) == CLUSTERS
    assert city.volume_l.sum() / 5000 == CONTAINERS
    litres_a_day = city.arrived.sum(axis=1) @ city.volume_l / city.days
    assert litres_a_day == pytest.approx(806_000, rel=0.02)


def test_the_same_seed_makes_the_same_city_and_another_seed_another(city):
    again, other = make_groningen(seed=3, days=7), make_groningen(seed=4, days=7)
    assert np.array_equal(again.arrived, city.arrived)
    assert not np.array_equal(other.distance_m, city.distance_m)


def test_a_count_of_deposits_is_off_by_little_but_off_for_days(city):
    noise = city.sensors.noise
    assert noise.std() == pytest.approx(0.025, abs=0.003)
    a_day_later = np.corrcoef(noise[:, :-4].ravel(), noise[:, 4:].ravel())[0, 1]
    assert a_day_later > 0.6


def test_the_rule_takes_as_many_as_asked_those_that_are_full_soonest():
    fill = np.array([0.5, 0.9, 0.1, 1.0])
    rate = np.array([0.5, 0.1, 0.01, 0.0])
    morning = _morning(fill, rate)
    choice = SoonestFull(count=2)(morning)
    assert choice.is_mandatory.tolist() == [False, True, False, True]
    assert not choice.prize_cents.any()


def test_what_was_full_when_it_was_emptied_was_not_in_time():
    world = _world(np.array([0.2, 1.0]), np.array([0.0, 0.0]), days=2)
    year = simulate(world, SoonestFull(count=2), fleet=GRONINGEN_FLEET, iterations=50)
    assert year.in_time_share == pytest.approx(3 / 4)


def _morning(fill, rate):
    world = _world(fill, rate, days=2)
    return Morning(
        world=world,
        fleet=GRONINGEN_FLEET,
        day=0,
        read_h=np.array([world.start_h + 1]),
        readings=fill[:, None],
        emptied_h=((),) * len(fill),
        fill=fill,
    )


def _world(fill, rate, *, days):
    n, steps = len(fill), 24 * days
    quiet = np.zeros((n, steps))
    return World(
        distance_m=np.full((1 + n, 1 + n), 1000),
        travel_s=np.full((1 + n, 1 + n), 60),
        volume_l=np.full(n, 1000.0),
        kg_per_l=np.full(n, 0.1),
        service_s=np.full(n, 60),
        arrived=np.repeat(rate[:, None] / 24, steps, axis=1),
        sensors=Sensors(
            every_h=1.0,
            noise=quiet,
            echo=np.full_like(quiet, np.nan),
            is_heard=quiet == 0,
            is_stuck=quiet > 0,
        ),
        first_fill=fill,
        overflow_cents=np.full(n, 1000.0),
        warm_up_days=0,
    )


def test_its_fleet_is_four_vehicles_of_six_hours():
    assert isinstance(GRONINGEN_FLEET, Fleet)
    assert len(GRONINGEN_FLEET) == 4
    assert GRONINGEN_FLEET.shift_end_h - GRONINGEN_FLEET.shift_start_h == 6
