"""The demo's truth: believable, repeatable, and emptied when somebody empties it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from backend.demo.bins import HISTORY
from backend.demo.echo import measure_mm
from backend.demo.found import begin_today, make_truth, plan_city
from backend.demo.truth import recall_truth
from backend.demo.world import Bin, make_world

BEGINS = datetime(2026, 11, 23, 3, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def city():
    return plan_city(BEGINS)


def one_bin_world(fill_per_day: float, *, seed: int = 1):
    bins = [Bin(slot_id=1, fill_per_day=fill_per_day, is_street_side=True)]
    return make_world(bins, begins_at=BEGINS, utc_offset_h=2, seed=seed)


def test_a_bin_fills_at_its_mean_rate():
    world = one_bin_world(0.3)

    filled = world.fill(1, BEGINS + timedelta(days=28), BEGINS)

    assert filled == pytest.approx(28 * 0.3, rel=0.1)


def test_afternoons_fill_faster_than_nights():
    world = one_bin_world(0.3)
    gains = []
    for first_hour in (1, 15):  # local time is two hours ahead of UTC
        start = BEGINS.replace(hour=first_hour - 1, minute=0)
        days = [start + timedelta(days=day) for day in range(28)]
        gains.append(sum(world.fill(1, d + timedelta(hours=3), d) for d in days))

    assert gains[1] > 3 * gains[0]


def test_the_same_seed_makes_the_same_world():
    later = BEGINS + timedelta(days=3)

    assert one_bin_world(0.3).fill(1, later, BEGINS) == one_bin_world(0.3).fill(
        1, later, BEGINS
    )
    assert one_bin_world(0.3).fill(1, later, BEGINS) != one_bin_world(0.3, seed=2).fill(
        1, later, BEGINS
    )


def test_the_demo_has_the_52_real_bins_and_150_made_up_ones(city):
    real = [each for each in city.sites if not each.site.is_made_up]
    made_up = [each for each in city.sites if each.site.is_made_up]

    assert sum(len(each.bins) for each in real) == 52
    assert sum(len(each.bins) for each in made_up) == 150
    assert all((each.site.source or "").startswith("osm:") for each in real)


def test_three_bins_run_the_real_firmware_and_some_have_no_sensor(city):
    kinds = [each.new.device_kind for site in city.sites for each in site.bins]

    assert kinds.count("ullage-esp32") == 3
    assert kinds.count("none") > 30


def test_made_up_bins_stand_at_distinct_addresses(city):
    names = [each.site.address for each in city.sites if each.site.is_made_up]

    assert len(names) == len(set(names))


def test_an_emptied_bin_begins_again_from_nothing(city):
    founded = dict(enumerate((each for s in city.sites for each in s.bins), start=1))
    truth = recall_truth(founded, make_truth(founded, BEGINS), BEGINS)
    at = BEGINS + timedelta(hours=6)

    before = truth.fill(1, at)
    truth.empty(1, at)

    assert before > 0
    assert truth.fill(1, at) == 0
    assert truth.fill(1, at + timedelta(hours=12)) > 0
    assert truth.fill(1, at - timedelta(seconds=1)) == pytest.approx(before, rel=0.01)


def test_the_old_rounds_lie_before_the_beginning(city):
    founded = dict(enumerate((each for s in city.sites for each in s.bins), start=1))
    truth = recall_truth(founded, make_truth(founded, BEGINS), BEGINS)

    times = [at for emptied in truth.emptied.values() for at in emptied]

    assert max(times) < BEGINS
    assert min(times) > BEGINS - HISTORY - timedelta(days=1)


def test_the_demo_begins_this_morning_before_the_shifts():
    begins_at = begin_today(datetime(2026, 11, 23, 20, tzinfo=UTC))

    assert begins_at == datetime(2026, 11, 23, 3, 40, tzinfo=UTC)


def test_a_sensor_is_right_within_two_centimetres_nine_times_in_ten():
    rng = np.random.default_rng(1)

    said = [measure_mm(0.5, empty_mm=1200, full_mm=200, rng=rng) for _ in range(1000)]

    assert np.mean(np.abs(np.array(said) - 700) <= 20) > 0.9
    assert 0 in said
