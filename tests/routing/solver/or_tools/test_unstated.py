"""What OR-Tools is told more strictly than it is."""

import pytest

from routing.solver.or_tools import UNSTATED, unstated
from routing.solver.or_tools.unstated import MANY_RESTS, SPARE_RESTS, STAND_INS
from routing.solver.problem.breaks import NO_REST, Break, DrivingRule, Rest
from tests.routing.solver.or_tools.routed import left
from tests.routing.solver.towns import HOUR_S, KM_S, Bin, Town, Truck

LAW = DrivingRule()
LUNCH = Break(earliest_s=11 * HOUR_S, latest_s=13 * HOUR_S, length_s=LAW.rest_s)


def unstated_of(rest: Rest, hours: float) -> list[str]:
    truck = Truck(rest=rest, shift_end_s=round(hours * HOUR_S))
    return unstated(Town(bins=[Bin(at_km=5)], trucks=[truck]).problem())


@pytest.mark.parametrize("rest", [NO_REST, Rest(breaks=(LUNCH,))])
def test_fixed_breaks_are_stated_as_they_are(rest):
    assert unstated_of(rest, 24) == []


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (5.25, []),
        (5.3, [SPARE_RESTS]),
        (10.5, [SPARE_RESTS]),
        (10.6, [SPARE_RESTS, STAND_INS]),
        (26.25, [SPARE_RESTS, STAND_INS]),
        (26.3, [MANY_RESTS, SPARE_RESTS, STAND_INS]),
    ],
)
def test_the_driving_rule_is_stated_as_it_is_while_no_rest_fits_into_the_day(
    hours, expected
):
    assert unstated_of(Rest(breaks=(LUNCH,), driving=LAW), hours) == expected


def test_every_entry_says_why():
    assert all(len(reason) > 50 for reason in UNSTATED.values())


@pytest.mark.parametrize(("most_min", "expected"), [(4, []), (3, [0])])
def test_a_fifth_rest_is_not_taken(most_min, expected):
    """The bin is 20 minutes of driving away, there and back."""
    driving = DrivingRule(max_driving_s=most_min * KM_S, rest_s=KM_S)
    truck = Truck(rest=Rest(driving=driving), shift_end_s=HOUR_S)

    assert left(Town(bins=[Bin(at_km=10)], trucks=[truck])) == expected
