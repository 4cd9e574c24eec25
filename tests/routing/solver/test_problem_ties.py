"""What ties, rests and loads a problem refuses, in words that name field and index."""

import pytest

from routing.solver.problem.breaks import Break, DrivingRule, Rest
from tests.routing.solver.stated import restated
from tests.routing.solver.towns import Bin, Tip, Town, Truck

TOWN = Town(
    streams=("glass", "paper"),
    bins=[Bin(at_km=1), Bin(at_km=2), Bin(at_km=3)],
    trucks=[Truck(capacity_l=(1000, 500)), Truck(capacity_l=(1000, 500))],
    tips=[Tip(accepts=(True, True))],
    skills=("crane",),
)
PROBLEM = TOWN.problem()


@pytest.mark.parametrize(
    ("part", "name", "message"),
    [
        ("stops", "stream", r"stops.stream\[0\] = 2.0 .* more than 1"),
        ("stops", "pinned_vehicle", r"stops.pinned_vehicle\[0\] = 2.0 .* more than 1"),
        ("stops", "planned_vehicle", r"stops.planned_vehicle\[0\] = 2.0"),
        ("vehicles", "depot", r"vehicles.depot\[0\] = 2.0 .* more than 0"),
        ("vehicles", "end_depot", r"vehicles.end_depot\[0\] = 2.0"),
    ],
)
def test_what_does_not_exist_cannot_be_meant(part, name, message):
    table = restated(getattr(PROBLEM, part), **{name: 2})

    with pytest.raises(ValueError, match=message):
        restated(PROBLEM, **{part: table})


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        ("same_vehicle", ((0, 1), (2, 3)), r"same_vehicle\[1, 1\] = 3 .* 0 to 2"),
        ("same_vehicle", ((0, 0.5),), r"same_vehicle\[0, 1\] = 0.5"),
        ("precedence", ((0, 1), (-1, 0)), r"precedence\[1, 0\] = -1"),
        ("precedence", ((0, 1, 2),), r"precedence\[0\] = \(0, 1, 2\) .* pair"),
        ("precedence", ((0, 0),), r"precedence .* circle \[0, 0\]"),
        ("precedence", ((0, 1), (1, 2), (2, 0)), "precedence .* circle"),
        ("locked", ((2,),), "locked has 1 rows, expected 2"),
        ("locked", ((), (0,)), r"locked\[1, 0\] = 0 .* 1 to 4"),
        ("locked", ((5,), ()), r"locked\[0, 0\] = 5"),
        ("locked", ((2, 1, 3), (1, 2)), r"locked\[1, 1\] = 2 .* locked twice"),
        ("rests", (Rest(),), "rests has 1 rows, expected 2"),
    ],
)
def test_ties_of_what_does_not_exist_are_refused(name, rows, message):
    with pytest.raises(ValueError, match=message):
        restated(PROBLEM, **{name: rows})


def test_a_facility_may_be_locked_twice():
    assert restated(PROBLEM, locked=((1, 2, 1), (1,))).locked[0] == (1, 2, 1)


def test_conflicts_are_mutual_and_never_of_a_stream_with_itself():
    with pytest.raises(ValueError, match=r"conflicts\[0, 1\] = True .* mutual"):
        restated(PROBLEM, conflicts=[[False, True], [False, False]])
    with pytest.raises(ValueError, match=r"conflicts\[1, 1\] = True .* itself"):
        restated(PROBLEM, conflicts=[[False, True], [True, True]])


@pytest.mark.parametrize("name", ["prize_cents", "is_mandatory"])
def test_stops_of_an_alternative_share_prize_and_duty(name):
    message = rf"stops.{name}\[2\] = .* stop 0 of the same alternative has"

    with pytest.raises(ValueError, match=message):
        restated(PROBLEM.stops, alternative=[4, -1, 4], **{name: [0, 0, 1]})


@pytest.mark.parametrize(
    ("aboard", "message"),
    [
        ({"aboard_l": [[0, 0], [0, 501]]}, r"aboard_l\[1, 1\] = 501.0 .* capacity_l"),
        (
            {"aboard_kg": [[0, 0], [600, 401]]},
            r"aboard_kg\[1\] = 1001.0 .* capacity_kg",
        ),
        (
            {"aboard_containers": [[2, 2], [0, 0]], "capacity_containers": 3},
            r"aboard_containers\[0\] = 4 .* capacity_containers",
        ),
    ],
)
def test_nobody_has_more_on_board_than_the_vehicle_holds(aboard, message):
    with pytest.raises(ValueError, match=message):
        restated(PROBLEM.vehicles, **aboard)


# Rests


@pytest.mark.parametrize(
    ("earliest_s", "latest_s", "length_s"),
    [(-1, 5, 5), (6, 5, 5), (0, 5, 0), (0, 5, -5), (0.5, 5, 5), (0, float("nan"), 5)],
)
def test_a_break_that_cannot_be_is_refused(earliest_s, latest_s, length_s):
    with pytest.raises(ValueError, match=r"Break\(earliest_s.* not understood"):
        Break(earliest_s=earliest_s, latest_s=latest_s, length_s=length_s)


@pytest.mark.parametrize(("max_driving_s", "rest_s"), [(0, 5), (5, 0), (5, 0.5)])
def test_a_driving_rule_that_cannot_be_is_refused(max_driving_s, rest_s):
    with pytest.raises(ValueError, match=r"DrivingRule\(.* not understood"):
        DrivingRule(max_driving_s=max_driving_s, rest_s=rest_s)


def test_breaks_are_in_order_and_apart():
    early = Break(earliest_s=0, latest_s=100, length_s=10)
    next_one = Break(earliest_s=100, latest_s=200, length_s=10)
    too_soon = Break(earliest_s=99, latest_s=200, length_s=10)

    assert Rest(breaks=(early, next_one)).breaks == (early, next_one)
    for breaks in ((early, too_soon), (next_one, early)):
        with pytest.raises(ValueError, match=r"breaks\[1\] = Break\(.* not understood"):
            Rest(breaks=breaks)
