"""No line that tells the driver nothing."""

from backend.directions.merging import merge_noise
from tests.directions.test_lines import manoeuvre

OFF = manoeuvre("depart", street="Annankatu", distance_m=200)
THERE = manoeuvre("arrive", "left", distance_m=0)


def metres(manoeuvres) -> int:
    return sum(each.distance_m for each in manoeuvres)


def test_going_straight_on_along_the_same_street_is_not_told():
    way = [OFF, manoeuvre("turn", "straight", "Annankatu", 300), THERE]

    told = merge_noise(way)

    assert [each.kind for each in told] == ["depart", "arrive"]
    assert told[0].distance_m == 500


def test_going_straight_on_into_a_nameless_street_and_out_again_is_not_told():
    way = [
        OFF,
        manoeuvre("turn", "straight", "", 30),
        manoeuvre("turn", "straight", "Annankatu", 100),
        THERE,
    ]

    assert len(merge_noise(way)) == 2
    assert metres(merge_noise(way)) == metres(way)


def test_a_street_that_goes_straight_on_under_another_name_is_told():
    way = [OFF, manoeuvre("turn", "straight", "Fredrikinkatu"), THERE]

    assert merge_noise(way) == tuple(way)


def test_a_street_that_only_bends_is_not_told():
    way = [OFF, manoeuvre("turn", "slight_left", "Annankatu"), THERE]

    assert len(merge_noise(way)) == 2


def test_a_fork_of_nameless_ways_is_told():
    way = [
        manoeuvre("depart", distance_m=200),
        manoeuvre("turn", "slight_left", ""),
        THERE,
    ]

    assert merge_noise(way) == tuple(way)


def test_a_real_turn_is_told_even_if_the_street_keeps_its_name():
    way = [OFF, manoeuvre("turn", "left", "Annankatu"), THERE]

    assert merge_noise(way) == tuple(way)


def test_a_u_turn_and_a_roundabout_are_always_told():
    way = [
        OFF,
        manoeuvre("u_turn", "straight", "Annankatu"),
        manoeuvre("roundabout", "straight", "Annankatu", exit_number=2),
        THERE,
    ]

    assert merge_noise(way) == tuple(way)


def test_a_ferry_in_two_parts_is_one_ferry():
    way = [OFF, manoeuvre("ferry", street="Lautta"), manoeuvre("ferry"), THERE]

    assert [each.kind for each in merge_noise(way)] == ["depart", "ferry", "arrive"]


def test_a_few_nameless_metres_out_of_a_yard_are_not_told():
    turn = manoeuvre("turn", "right", "Annankatu")
    way = [manoeuvre("depart", distance_m=12), turn, THERE]

    assert merge_noise(way) == (turn, THERE)


def test_who_is_there_already_is_only_told_the_side():
    way = [manoeuvre("depart", street="Annankatu", distance_m=0), THERE]

    assert merge_noise(way) == (THERE,)


def test_a_way_of_which_nothing_is_known_stays_empty():
    assert merge_noise(()) == ()
