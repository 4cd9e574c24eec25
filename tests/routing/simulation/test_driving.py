"""Drives: their own numbers, from the places where they were."""

from itertools import pairwise

import numpy as np
import pytest

from routing.simulation import Choice
from routing.simulation.driving import drive
from routing.simulation.routes import plan_routes
from tests.routing.simulation.worlds import SMALL, small_world


def test_kilometres_hours_and_loads_follow_from_the_places():
    world, fleet = small_world(), SMALL.fleet
    fills = np.linspace(0.3, 1.0, len(world))
    choice = Choice(
        fill=fills / 2,
        prize_cents=np.zeros(len(world)),
        is_mandatory=np.ones(len(world), np.bool_),
    )
    routes = plan_routes(world, fleet, choice, iterations=200, seed=1)

    driven = drive(world, fleet, routes, fill_at=lambda slot, _: float(fills[slot]))

    emptied = sorted(each.slot for one in driven for each in one.pickups)
    assert emptied == list(range(len(world)))
    for one in driven:
        legs = list(pairwise(one.places))
        assert one.places[0] == one.places[-1] == 0
        assert one.distance_m == sum(world.distance_m[a, b] for a, b in legs)
        work_s = sum(world.service_s[each.slot] for each in one.pickups)
        driving_s = sum(world.travel_s[a, b] for a, b in legs)
        tips_s = fleet.tip_s * len(one.loads_l)
        assert one.end_s - one.start_s == work_s + driving_s + tips_s
        assert one.end_s <= fleet.shift_end_h * 3600
        assert max(one.loads_l) <= fleet.capacity_l[one.vehicle]
        taken_l = sum(world.volume_l[each.slot] * each.fill for each in one.pickups)
        assert sum(one.loads_l) == pytest.approx(taken_l)
