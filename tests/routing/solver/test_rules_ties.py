"""What ties bins to each other: conflicts, groups, orders, alternatives."""

from dataclasses import replace

import pytest

from routing.solver.plan import UnservedReason
from tests.routing.solver.planned import halts_of, left_of, plan_of, reasons_of, tips_of
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck

BEFORE_UNSERVED = UnservedReason.BEFORE_UNSERVED
ALTERNATIVE_SERVED = UnservedReason.ALTERNATIVE_SERVED

#: Would be one run of one truck for 12 euros.
PLAIN = Town(
    streams=("oil", "paper"),
    bins=[Bin(at_km=5), Bin(at_km=6, stream=1)],
    tips=[Tip(accepts=(True, True))],
    trucks=[Truck(capacity_l=(1000, 1000))] * 2,
)


# Conflicts


def test_streams_without_conflict_share_a_truck():
    assert plan_of(PLAIN).cost.total_cents == pytest.approx(1200)


def test_streams_in_conflict_have_a_truck_each():
    plan = plan_of(replace(PLAIN, conflicts=((0, 1),)))

    assert plan.cost.total_cents == pytest.approx(2200)
    assert len(plan.runs) == 2


def test_a_tip_between_them_does_not_end_a_conflict():
    town = replace(PLAIN, conflicts=((0, 1),), trucks=PLAIN.trucks[:1])

    plan = plan_of(town)

    assert left_of(plan) == [1]
    assert reasons_of(plan) == [UnservedReason.NO_ROOM]


def test_what_is_on_board_at_the_start_is_in_conflict_with_nothing():
    laden = replace(PLAIN.trucks[0], aboard_l=(100, 0))
    town = replace(PLAIN, bins=PLAIN.bins[1:], conflicts=((0, 1),), trucks=[laden])

    assert left_of(plan_of(town)) == []


# Bins that belong together: at 5 and -5 km, a near truck at home on either side.


def apart(**ties) -> Town:
    return Town(
        depots_km=(5, -5),
        bins=[Bin(at_km=5), Bin(at_km=-5), Bin(at_km=4)],
        tips=[Tip(at_km=5), Tip(at_km=-5)],
        trucks=[Truck(), Truck(depot=1)],
        **ties,
    )


def test_bins_on_both_sides_are_for_the_trucks_on_both_sides():
    assert plan_of(apart()).cost.total_cents == pytest.approx(200)


def test_bins_that_belong_together_have_one_truck():
    plan = plan_of(apart(same_vehicle=((0, 1),)))

    assert plan.cost.total_cents == pytest.approx(2000)
    assert len(plan.runs) == 1


def test_a_bin_that_is_not_worth_it_parts_from_its_group():
    town = apart(same_vehicle=((0, 1),))
    for prize_cents, left in ((1799, [1]), (1801, [])):
        optional = replace(town.bins[1], is_mandatory=False, prize_cents=prize_cents)
        plan = plan_of(replace(town, bins=[town.bins[0], optional, town.bins[2]]))
        assert left_of(plan) == left


# Precedence


def test_a_bin_comes_after_the_one_before_it_though_the_way_is_longer():
    bins = [Bin(at_km=5), Bin(at_km=10, latest_s=10 * KM_S), Bin(at_km=-3)]
    free = plan_of(Town(bins=bins))
    tied = plan_of(Town(bins=bins, precedence=((2, 0),)))

    assert free.cost.total_cents == pytest.approx(2600)
    halts = halts_of(tied)[0]
    assert halts.index(4) < halts.index(2)


def test_both_are_for_one_truck():
    plan = plan_of(apart(precedence=((1, 0),)))

    assert plan.cost.total_cents == pytest.approx(2000)
    [halts] = [each for each in halts_of(plan).values() if 5 in each]
    assert halts.index(5) < halts.index(4)


@pytest.mark.parametrize(("latest_s", "left"), [(900, []), (899, [0])])
def test_a_bin_is_left_when_it_closes_before_the_one_before_it_is_done(latest_s, left):
    """Three minutes there, three back, five to the bin, four of work: 15."""
    bins = [Bin(at_km=5, latest_s=latest_s), Bin(at_km=-3, service_s=4 * KM_S)]

    plan = plan_of(Town(bins=bins, precedence=((1, 0),), trucks=[Truck()]))

    assert left_of(plan) == left


def test_a_bin_whose_before_cannot_be_served_is_left_with_that_reason():
    bins = [Bin(at_km=5), Bin(at_km=6, demand_l=1001)]

    plan = plan_of(Town(bins=bins, precedence=((1, 0),)))

    assert reasons_of(plan) == [BEFORE_UNSERVED, UnservedReason.TOO_LARGE]


def test_a_bin_that_pays_for_the_one_before_it_brings_both():
    for prize_cents, left in ((1199, [0, 1]), (1201, [])):
        bins = [
            Bin(at_km=5, is_mandatory=False, prize_cents=prize_cents),
            Bin(at_km=6, is_mandatory=False),
        ]
        assert left_of(plan_of(Town(bins=bins, precedence=((1, 0),)))) == left


def test_a_mandatory_bin_brings_all_that_must_come_before_it():
    bins = [
        Bin(at_km=10, prize_cents=0),
        Bin(at_km=-15, prize_cents=10, is_mandatory=False),
        Bin(at_km=8, is_mandatory=False),
    ]

    plan = plan_of(Town(bins=bins, precedence=((1, 0), (2, 1))))

    assert left_of(plan) == []


def test_the_bin_before_a_pinned_one_is_for_its_truck_however_dear():
    bins = [Bin(at_km=5), Bin(at_km=6, pinned_vehicle=1)]
    trucks = [Truck(), Truck(fixed_cents=2000)]

    plan = plan_of(Town(bins=bins, precedence=((0, 1),), trucks=trucks))

    assert left_of(plan) == []
    assert set(halts_of(plan)) == {1}


def test_a_bin_that_must_come_first_may_come_alone():
    bins = [Bin(at_km=5, is_mandatory=False, prize_cents=1), Bin(at_km=-3)]

    plan = plan_of(Town(bins=bins, precedence=((1, 0),)))

    assert left_of(plan) == [0]


# Alternatives


def choice(*at_km: float, is_mandatory: bool = True, prize_cents: int = 0) -> list[Bin]:
    return [
        Bin(
            at_km=each,
            alternative=0,
            is_mandatory=is_mandatory,
            prize_cents=prize_cents,
        )
        for each in at_km
    ]


def test_the_nearest_of_an_alternative_is_emptied_and_no_other():
    plan = plan_of(Town(bins=choice(7, 5, 6)))

    assert left_of(plan) == [0, 2]
    assert reasons_of(plan) == [ALTERNATIVE_SERVED] * 2
    assert plan.cost.total_cents == pytest.approx(1000)


def test_the_one_on_the_way_is_nearest():
    plan = plan_of(Town(bins=[*choice(7, -1), Bin(at_km=8)]))

    assert left_of(plan) == [1]


def test_another_of_an_alternative_is_enough_when_the_nearest_is_too_large():
    near, far = choice(5, 7)
    plan = plan_of(Town(bins=[replace(near, demand_l=1001), far]))

    assert left_of(plan) == [0]
    assert plan.cost.total_cents == pytest.approx(1400)


@pytest.mark.parametrize(("prize_cents", "left"), [(1001, [0]), (999, [0, 1])])
def test_an_alternative_is_worth_one_prize(prize_cents, left):
    bins = choice(7, 5, is_mandatory=False, prize_cents=prize_cents)

    plan = plan_of(Town(bins=bins))

    assert left_of(plan) == left
    assert plan.cost.prizes_left_cents == (prize_cents if left == [0, 1] else 0)


def test_no_second_one_is_fetched_for_its_prize():
    bins = choice(5, 5, is_mandatory=False, prize_cents=5000)

    plan = plan_of(Town(bins=bins))

    assert len(plan.unserved) == 1
    assert tips_of(plan) == 1
