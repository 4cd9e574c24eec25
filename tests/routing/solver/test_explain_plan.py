"""What a plan says of its stops and its runs."""

import pytest

from routing.solver import Why, explain_plan, explain_runs, schedule_run
from routing.solver.plan import UnservedReason
from routing.solver.problem.breaks import Break, Rest
from tests.routing.solver.handmade import plan_of_runs
from tests.routing.solver.towns import Bin, Tip, Town, Truck


def explained(town: Town, *halts: int, reasons=None):
    """The only truck drives the halts."""
    problem = town.problem()
    run = schedule_run(problem, vehicle=0, halts=halts)
    assert run is not None
    return explain_plan(problem, plan_of_runs(problem, run, reasons=reasons))


def optional(at_km: float, prize_cents: int, **more) -> Bin:
    return Bin(at_km=at_km, prize_cents=prize_cents, is_mandatory=False, **more)


def test_every_stop_says_who_comes_at_what_price():
    town = Town(bins=[Bin(at_km=5), optional(4, 10), optional(-3, 100)])

    far, near, behind = explained(town, 3, 2, 1)

    assert (far.vehicle, near.vehicle, behind.vehicle) == (0, 0, None)
    assert far.marginal_cents == pytest.approx(200)
    assert near.marginal_cents == pytest.approx(0)
    assert behind.marginal_cents == pytest.approx(600)
    assert behind.nearest_vehicle == 0
    assert behind.reason is UnservedReason.NOT_WORTH_IT


def test_prizes_say_why():
    bins = [Bin(at_km=5), optional(4, 10), optional(-3, 100), optional(-3, 800)]
    bins += [optional(6, 300), optional(7, 100)]

    told = explained(Town(bins=bins), 3, 2, 6, 7, 1)

    assert [each.why for each in told] == [
        Why.MUST,
        Why.FOR_NOTHING,
        Why.NOT_WORTH_IT,
        Why.NOT_FOUND,
        Why.FOR_NOTHING,
        Why.TIED,
    ]
    assert [each.waiting_cents for each in told] == [None, 10, 100, 800, 300, 100]


def test_the_only_stop_of_a_run_costs_the_whole_run():
    town = Town(bins=[Bin(at_km=5)], trucks=[Truck(fixed_cents=700)])

    [told] = explained(town, 2, 1)

    assert told.marginal_cents == pytest.approx(1700)


def test_a_stop_takes_its_idle_tip_along():
    town = Town(
        bins=[Bin(at_km=5, demand_l=900), Bin(at_km=-1, demand_l=900)],
        tips=[Tip(tip_cents=500)],
    )

    _, second = explained(town, 2, 1, 3, 1)

    assert second.marginal_cents == pytest.approx(200 + 500)


def test_a_tip_that_is_needed_is_in_the_price_of_adding():
    town = Town(
        bins=[Bin(at_km=5, demand_l=900), optional(-1, 10, demand_l=900)],
        tips=[Tip(tip_cents=500)],
    )

    _, left = explained(town, 2, 1)

    assert left.marginal_cents == pytest.approx(200 + 500)


def test_a_stop_that_no_run_can_hold_says_so():
    town = Town(bins=[Bin(at_km=5), Bin(at_km=-5)], trucks=[Truck(shift_end_s=600)])

    _, left = explained(town, 2, 1)

    assert left.marginal_cents is None
    assert left.why is Why.NO_ROOM


def test_waiting_costs_nothing_where_another_is_emptied_instead():
    town = Town(bins=[optional(5, 90, alternative=0), optional(6, 90, alternative=0)])

    _, left = explained(town, 2, 1, reasons={1: UnservedReason.ALTERNATIVE_SERVED})

    assert left.waiting_cents == 0
    assert left.marginal_cents is None
    assert left.why is Why.LEFT_OUT


def test_a_runs_time_is_parted_without_rest():
    lunch = Rest(breaks=(Break(earliest_s=300, latest_s=2000, length_s=600),))
    town = Town(
        bins=[
            Bin(at_km=5, service_s=120, windows=((2400, 9000),)),
            Bin(at_km=6, windows=((0, 720),)),
        ],
        trucks=[Truck(cents_per_hour=3600, rest=lunch)],
        tips=[Tip(tip_s=300)],
    )
    problem = town.problem()
    run = schedule_run(problem, vehicle=0, halts=[3, 2, 1])
    assert run is not None

    [told] = explain_runs(problem, plan_of_runs(problem, run))

    assert (told.drive_s, told.work_s, told.tip_s, told.break_s) == (720, 120, 300, 600)
    parts_s = told.drive_s + told.work_s + told.tip_s + told.break_s + told.wait_s
    assert parts_s == run.duration_s
    assert told.wait_s > 0


def test_a_runs_money_is_told_by_stop_by_cubic_metre_and_by_tonne():
    town = Town(bins=[Bin(at_km=5, demand_l=500, mass_kg=250), Bin(at_km=5)])
    problem = town.problem()
    run = schedule_run(problem, vehicle=0, halts=[2, 3, 1])
    assert run is not None
    plan = plan_of_runs(problem, run)

    [told] = explain_runs(problem, plan)

    assert told.cost.total_cents == pytest.approx(plan.cost.total_cents)
    assert told.cents_per_stop == pytest.approx(500)
    assert told.cents_per_m3 == pytest.approx(1000 / 0.6)
    assert told.cents_per_tonne == pytest.approx(1000 / 0.26)


def test_a_run_without_stops_has_no_price_by_stop():
    problem = Town(bins=[Bin(at_km=5)], trucks=[Truck(is_under_way=True)]).problem()
    run = schedule_run(problem, vehicle=0, halts=[])
    assert run is not None

    [told] = explain_runs(problem, plan_of_runs(problem, run))

    assert told.stops == 0
    assert told.cents_per_stop is told.cents_per_m3 is told.cents_per_tonne is None
