"""Times as OR-Tools is told of them, each at its limit and a second beyond."""

import pytest

from tests.routing.solver.or_tools.routed import left, routed, used
from tests.routing.solver.towns import KM_S, Bin, Tip, Town, Truck

#: Ten minutes there, ten back.
FAR = [Bin(at_km=10)]
DEPOT = (Tip(),)


def left_of(bins=FAR, *, tips=DEPOT, **truck) -> list[int]:
    return left(Town(bins=bins, trucks=[Truck(**truck)], tips=tips))


@pytest.mark.parametrize(("latest_s", "expected"), [(600, []), (599, [0])])
def test_a_bin_is_reached_before_it_closes(latest_s, expected):
    assert left_of([Bin(at_km=10, latest_s=latest_s)]) == expected


@pytest.mark.parametrize(("closes_s", "expected"), [(1200, []), (1199, [0])])
def test_a_facility_is_reached_before_it_closes(closes_s, expected):
    assert left_of(tips=[Tip(closes_s=closes_s)]) == expected


@pytest.mark.parametrize(("end_s", "expected"), [(1800, []), (1799, [0])])
def test_work_is_done_and_the_truck_home_within_the_shift(end_s, expected):
    bins = [Bin(at_km=10, service_s=200, containers=2, service_per_container_s=50)]

    assert left_of(bins, tips=[Tip(tip_s=300)], shift_end_s=end_s) == expected


@pytest.mark.parametrize(
    ("windows", "expected"),
    [(((0, 599), (660, 700)), []), (((0, 599), (661, 700)), [0])],
)
def test_work_begins_in_one_of_several_windows(windows, expected):
    assert left_of([Bin(at_km=10, windows=windows)], shift_end_s=1260) == expected


@pytest.mark.parametrize(
    ("windows", "expected"),
    [(((0, 1199), (1260, 1300)), []), (((0, 1199), (1261, 1300)), [0])],
)
def test_a_facility_has_several_opening_hours(windows, expected):
    tips = [Tip(windows=windows)]

    assert left_of(tips=tips, shift_end_s=1260) == expected


@pytest.mark.parametrize(("overtime_s", "expected"), [(200, []), (199, [0])])
def test_overtime_is_allowed_to_the_second(overtime_s, expected):
    assert left_of(shift_end_s=1000, overtime_s=overtime_s) == expected


@pytest.mark.parametrize(("price", "truck"), [(2999.0, 0), (3001.0, 1)])
def test_overtime_is_had_while_it_is_cheaper_than_another_truck(price, truck):
    """Ten minutes of it, against a truck that costs five euros."""
    late = Truck(shift_end_s=600, overtime_s=600, overtime_cents_per_hour=price)

    assert used(Town(bins=FAR, trucks=[late, Truck(fixed_cents=500)])) == [truck]


@pytest.mark.parametrize(("longest_s", "expected"), [(1200, []), (1199, [0])])
def test_a_run_takes_no_longer_than_its_limit(longest_s, expected):
    assert left_of(max_duration_s=longest_s) == expected


@pytest.mark.parametrize(("end_s", "expected"), [(2400, []), (2399, [0])])
def test_a_limit_of_duration_makes_a_truck_leave_late(end_s, expected):
    bins = [Bin(at_km=10, earliest_s=1800)]

    assert left_of(bins, max_duration_s=1200, shift_end_s=end_s) == expected


def test_a_truck_under_way_cannot_leave_late():
    bins = [Bin(at_km=10, earliest_s=1800)]

    assert left_of(bins, max_duration_s=2400, is_under_way=True) == []
    assert left_of(bins, max_duration_s=2399, is_under_way=True) == [0]


@pytest.mark.parametrize(("price", "trucks"), [(11_999.0, 1), (12_001.0, 2)])
def test_work_is_shared_when_unfairness_is_dearer_than_another_run(price, trucks):
    """Ten minutes more than is fair, against a run that costs 20 euros."""
    bins = [Bin(at_km=5), Bin(at_km=-5)]
    fair = Truck(
        cents_per_km=0,
        fixed_cents=2000,
        fair_duration_s=600,
        unfair_cents_per_hour=price,
    )

    assert len(used(Town(bins=bins, trucks=[fair, fair]))) == trucks


def test_a_wait_is_paid_for():
    """Half an hour of waiting saves 20 minutes of driving, and ten euros."""
    bins = [Bin(at_km=5, latest_s=300), Bin(at_km=5, earliest_s=2100, latest_s=2100)]
    cheap, dear = Truck(cents_per_hour=2990), Truck(cents_per_hour=3010)

    assert routed(Town(bins=bins, trucks=[cheap])) == [[2, 3, 1]]
    assert len(used(Town(bins=bins, trucks=[dear, dear]))) == 2


@pytest.mark.parametrize(("latest_s", "expected"), [(1500, []), (1499, [0])])
def test_a_truck_leaves_when_the_bin_is_released(latest_s, expected):
    assert left_of([Bin(at_km=10, release_s=900, latest_s=latest_s)]) == expected


@pytest.mark.parametrize(("end_s", "expected"), [(2700, []), (2699, [1])])
def test_a_truck_stands_in_the_yard_until_the_release(end_s, expected):
    """The second trip leaves the yard at 1500, but for the bin that is there early."""
    bins = [
        Bin(at_km=5, latest_s=300),
        Bin(at_km=10, release_s=1500, is_mandatory=False, prize_cents=9000),
    ]

    assert left_of(bins, shift_end_s=end_s) == expected


def test_a_tip_that_empties_nothing_may_begin_a_trip():
    """A truck under way left too early; at location 1 it may leave anew."""
    truck = Truck(is_under_way=True)
    bins = [Bin(at_km=10, release_s=900)]

    assert routed(Town(bins=bins, trucks=[truck])) == [[1, 2, 1]]


def test_an_idle_truck_has_no_way_home():
    trucks = [Truck(depot=1, end_depot=0, shift_end_s=10), Truck()]

    assert used(Town(bins=FAR, trucks=trucks, depots_km=(0.0, 500.0))) == [1]


def test_a_truck_under_way_has_one():
    trucks = [Truck(depot=1, end_depot=0, is_under_way=True, fixed_cents=900)]
    bins = [Bin(at_km=10, is_mandatory=False, prize_cents=1)]
    town = Town(bins=bins, trucks=trucks, depots_km=(0.0, 5.0))

    assert routed(town) == [[]]


@pytest.mark.parametrize(("end_s", "expected"), [(900 + KM_S, []), (900, [0])])
def test_a_run_ends_where_it_may_not_have_begun(end_s, expected):
    truck = {"depot": 0, "end_depot": 1, "shift_end_s": end_s}
    bins, tips = [Bin(at_km=10)], [Tip(at_km=13)]
    town = Town(bins=bins, tips=tips, trucks=[Truck(**truck)], depots_km=(0.0, 16.0))

    assert left(town) == expected
