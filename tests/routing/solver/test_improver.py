"""What the improver keeps in step while it searches, and the moves beside strings."""

import numpy as np
import pytest
from hypothesis import given, settings

from routing.solver import Budget
from routing.solver.budget import Clock
from routing.solver.first import insertion_order
from routing.solver.improver.improve import Improver, Tastes
from tests.routing.solver.planned import checked, improver_of, left_of
from tests.routing.solver.random_towns import QUICK, towns
from tests.routing.solver.towns import Bin, Town, Truck

LABELS = {
    0: (),
    1: ("early_f", "late_b"),
    2: ("duration_f", "early_f", "late_f", "duration_b", "early_b", "late_b"),
    3: ("leave", "reach"),
}


def searched(problem, iterations: int) -> Improver:
    improver = improver_of(problem)
    improver.fill(insertion_order(problem))
    clock = Clock(
        Budget(iterations=iterations), progress=None, stop=None, bound=lambda _: 0.0
    )
    improver.improve(clock.pace(), lambda _left, _cents: None)
    return improver


def nodes_in_use(improver: Improver) -> list[int]:
    facts, following, nodes = improver.facts, improver.state.next, []
    for r in range(facts.routes):
        x, end = facts.stops + r, facts.stops + facts.routes + r
        route = [x]
        while x != end:
            x = int(following[x])
            route.append(x)
        nodes += route if len(route) > 2 else []
    return nodes


def labels_of(improver: Improver) -> dict[str, np.ndarray]:
    facts, state, nodes = improver.facts, improver.state, nodes_in_use(improver)
    widths = {"leave": facts.breaks + 1, "reach": facts.breaks + 1}
    names = LABELS[facts.level]
    if facts.has_tips:
        widths["load"] = 6 * facts.streams
        names = (*names, "load")
    return {
        name: getattr(state, name).reshape(-1, widths.get(name, 1))[nodes].copy()
        for name in names
    }


@settings(QUICK, max_examples=60)
@given(town=towns(most_bins=12, most_rules=6))
def test_labels_kept_on_the_way_are_those_made_anew(town):
    improver = searched(town.problem(), 200)
    kept, now = labels_of(improver), int(improver.state.total[0])

    improver._run(Tastes(), 0, -1, np.zeros(0, np.int32))

    assert int(improver.state.total[0]) == now
    for name, anew in labels_of(improver).items():
        assert np.array_equal(kept[name], anew), name


FAR = [
    Bin(at_km=20 + i / 10, prize_cents=900, is_mandatory=False, demand_l=10)
    for i in range(16)
]


def test_a_run_that_no_single_stop_pays_for_is_opened_for_many():
    plan = checked(Town(bins=FAR).problem(), iterations=2000)

    assert left_of(plan) == []
    assert plan.cost.total_cents == pytest.approx(2 * 21.5 * 100)


def test_vehicles_that_cost_much_are_as_few_as_can_be():
    bins = [Bin(at_km=1 + i % 4, demand_l=100) for i in range(20)]
    trucks = [Truck(capacity_l=(1000.0,), fixed_cents=5000) for _ in range(6)]

    plan = checked(Town(bins=bins, trucks=trucks).problem())

    assert len(plan.runs) == 1


def test_the_truck_that_fits_the_run_drives_it():
    bins = [Bin(at_km=5 + i / 10, demand_l=100) for i in range(20)]
    small = [Truck(capacity_l=(300.0,), fixed_cents=1000) for _ in range(8)]
    large = [Truck(capacity_l=(2000.0,), capacity_kg=2000, fixed_cents=2000)]

    plan = checked(Town(bins=bins, trucks=[*small, *large]).problem(), iterations=2000)

    assert [run.vehicle for run in plan.runs] == [len(small)]
