"""What comes is drawn bin by bin, so that before and after have the same luck."""

import numpy as np
import pytest

from backend.simulation.groups import Group
from backend.simulation.worlds import draw_world
from routing.simulation import Fleet
from tests.simulation.bins import alike

FLEET = Fleet(
    capacity_l=(6000.0,), cents_per_km=200.0, cents_per_hour=5000.0, co2_kg_per_km=1.1
)
DAYS = 200


def group_of(bins):
    places = 1 + len(bins)
    return Group(
        bins=bins,
        vehicles=(),
        fleet=FLEET,
        facility_count=0,
        distance_m=np.full((places, places), 500),
        travel_s=np.full((places, places), 60),
    )


def draw(bins):
    return draw_world(group_of(bins), days=DAYS, warm_up_days=7, start_h=96.0, seed=1)


def test_a_bin_more_changes_nothing_for_the_others():
    few = draw(alike(3))
    more = draw(alike(4))

    assert np.array_equal(few.arrived, more.arrived[:3])


def test_as_much_comes_as_is_known_to_come():
    bins = alike(40, per_day=np.linspace(0.05, 0.6, 40), doubt=np.full(40, 0.01))

    world = draw(bins)

    assert world.mean_per_day.sum() == pytest.approx(bins.per_day.sum(), rel=0.03)
    by_day = world.arrived.reshape(40, 207, 8).sum(axis=2)
    variation = by_day.std(axis=1) / by_day.mean(axis=1)
    assert variation.mean() == pytest.approx(0.5, rel=0.1)
