"""A year: every number computed again, from other numbers."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from routing.simulation import Threshold, clairvoyant, ours, uniform_plan
from routing.simulation import simulate as lived
from tests.routing.simulation.worlds import (
    FLEET,
    SMALL,
    everything,
    line_world,
    nothing,
    small_world,
)

simulate = partial(lived, iterations=100)


@pytest.fixture(scope="module")
def seen():
    return simulate(small_world(), ours(4.0), fleet=SMALL.fleet)


@pytest.mark.parametrize(
    "policy",
    [nothing, everything, Threshold(fill=0.6), uniform_plan(small_world(), 3.5)],
)
def test_what_came_was_collected_lost_or_is_still_there(policy):
    world = small_world()

    days = simulate(world, policy, fleet=SMALL.fleet).days

    before_l = np.append(world.first_fill @ world.volume_l, days.held_l[:-1])
    left_l = before_l + days.arrived_l - days.collected_l - days.lost_l
    assert left_l == pytest.approx(days.held_l)
    assert days.arrived_l.sum() == pytest.approx(
        float((world.arrived * world.volume_l[:, None]).sum())
    )
    assert days.collected_kg == pytest.approx(days.collected_l * world.kg_per_l[0])


def test_a_year_without_any_round_overflows_as_soon_as_the_bins_are_full():
    world = line_world([0.25, 0.0], days=4)

    year = simulate(world, nothing, fleet=FLEET)

    assert year.km == year.hours == year.tonnes == year.pickups == 0
    assert year.days.full_h.tolist() == pytest.approx([0, 0, 24, 24])
    assert year.overflow_h == pytest.approx(48 / 2 * 365 / 4)
    assert year.lost_share == pytest.approx(0.5)


def test_rounds_are_counted_by_hand():
    # 3 bins of half a cubic metre 5, 10 and 15 km away: 30 km, 50 min of driving,
    # 15 min of work, 10 min for the tip.
    year = simulate(line_world([0.1] * 3, days=2), everything, fleet=FLEET)

    assert year.days.distance_m.tolist() == [30_000, 30_000]
    assert year.days.drive_h == pytest.approx([75 / 60] * 2)
    assert year.days.pickups.tolist() == [3, 3]
    assert year.days.tips.tolist() == [1, 1]
    assert year.km == pytest.approx(60 * 365 / 2)
    assert year.co2_kg == pytest.approx(year.km * 0.5)
    assert year.money_cents == pytest.approx(100 * year.km + 3000 * year.hours)


def test_a_van_that_is_full_sooner_than_planned_tips_and_comes_back():
    world = line_world([0.0] * 3, days=1, first_fill=1.0)

    year = simulate(world, everything, fleet=FLEET)

    # Planned for three half-full bins; the third does not fit: there and back again.
    assert year.days.tips[0] == 2
    assert year.days.collected_l[0] == pytest.approx(3000)
    assert year.days.distance_m[0] > 30_000


def test_who_would_be_late_leaves_the_rest():
    short = replace(FLEET, shift_end_h=6.9)

    year = simulate(line_world([0.0] * 3, days=1), everything, fleet=short)

    assert 0 < year.days.pickups[0] < 3
    assert year.days.drive_h[0] <= 0.9


def test_the_same_world_and_seed_make_the_same_year(seen):
    again = simulate(small_world(), ours(4.0), fleet=SMALL.fleet)

    assert again.days.distance_m.tolist() == seen.days.distance_m.tolist()
    assert again.overflow_h == seen.overflow_h


def test_another_seed_is_another_world():
    assert not np.array_equal(small_world(5).arrived, small_world(6).arrived)


def test_who_knows_what_will_come_has_no_more_overflow_at_the_same_dial(seen):
    known = simulate(small_world(), clairvoyant(4.0), fleet=SMALL.fleet)

    assert known.overflow_h <= seen.overflow_h


def test_the_dial_trades_kilometres_for_overflow(seen):
    careless = simulate(small_world(), ours(0.05), fleet=SMALL.fleet)

    assert careless.km < seen.km
    assert careless.overflow_h > seen.overflow_h


def test_days_without_service_have_no_rounds(seen):
    weekend = [day for day in range(35) if small_world().weekday(day) >= 5]

    assert seen.days.distance_m[weekend].sum() == 0
    assert seen.days.distance_m.sum() > 0


def test_the_warm_up_is_lived_but_not_counted():
    world = line_world([0.1] * 3, days=6, warm_up_days=4)

    year = simulate(world, everything, fleet=FLEET)

    assert len(year.days.distance_m) == 6
    assert year.km == pytest.approx(30 * 365)
