from binnode.payload import NO_ECHO, NOISY
from binnode.sensors.ranging import (
    Distance,
    Limits,
    count_wanted,
    is_fresh_look,
    summarise,
)

LIMITS = Limits(30, 4500, 10, 3, 300, 250)


def of(pings_mm, known_mm=0, is_fresh=False):
    return summarise(pings_mm, LIMITS, known_mm, is_fresh=is_fresh)


def wanted(distance_mm, echo_count, made, known_mm=0, flags=0):
    distance = Distance(distance_mm, echo_count, flags)
    return count_wanted(distance, made, LIMITS, known_mm)


def test_the_middle_stands_and_the_rest_is_counted():
    pings_mm = [1000, 1010, 990, 1005, 995, 4000, 100, 1000, 1000]
    assert of(pings_mm) == Distance(1000, 7, 0)


def test_pings_outside_the_sensors_range_are_not_used():
    assert of([0, 29, 4501, 65535]) == Distance(0, 0, NO_ECHO)
    assert of([30, 30]) == Distance(30, 2, 0)
    assert of([4500]) == Distance(4500, 1, 0)


def test_agreement_is_18_mm_and_2_percent_with_a_sensor_of_10_mm_and_3_permille():
    # 1,000 mm: up to 38 mm away.
    assert of([1000, 1000, 1038]).echo_count == 3
    assert of([1000, 1000, 1039]).echo_count == 2


def test_half_of_the_pings_made_is_enough_and_one_less_is_noisy():
    assert of([1000] * 5 + [0] * 5).flags == 0
    assert of([1000] * 4 + [0] * 6).flags == NOISY


def test_no_ping_is_no_echo():
    assert of([]) == Distance(0, 0, NO_ECHO)


def test_the_pings_that_agree_best_win_over_the_middle_of_all():
    pings_mm = [1000, 1001, 1002, 1003, 200, 300, 400, 500, 600]
    assert of(pings_mm).distance_mm == 1002


def test_where_the_surface_was_two_pings_outweigh_a_burst_of_wild_ones():
    pings_mm = [600] * 18
    pings_mm += [1000, 1000]
    assert of(pings_mm).distance_mm == 600
    assert of(pings_mm, known_mm=1010).distance_mm == 1000


def test_one_ping_there_or_two_against_too_many_do_not():
    assert of([1000] + [600] * 8, known_mm=1000).distance_mm == 600
    assert of([1000] * 2 + [600] * 21, known_mm=1000).distance_mm == 600


def test_a_fresh_look_believes_what_three_of_four_pings_see():
    pings_mm = [1000] * 3 + [600] * 10
    assert of(pings_mm, known_mm=1000).distance_mm == 1000
    assert of(pings_mm, known_mm=1000, is_fresh=True).distance_mm == 600
    assert of([1000] * 4 + [600] * 10, known_mm=1000, is_fresh=True).distance_mm == 1000


def test_once_a_day_or_so_a_look_is_fresh_and_then_it_is_reported():
    assert [n for n in range(200) if is_fresh_look(n, 4)] == [0, 96, 192]


def test_an_emptied_bin_is_seen_at_once():
    assert of([1300] * 5, known_mm=300) == Distance(1300, 5, 0)


def test_of_two_echoes_at_new_places_the_deeper_is_an_emptied_bin():
    assert of([700] * 13 + [1300] * 12, known_mm=300).distance_mm == 1300
    # Nearly all see the nearer one: something large was thrown in.
    assert of([700] * 20 + [1300] * 5, known_mm=1000).distance_mm == 700


def test_five_pings_do_if_all_see_the_surface_where_it_was():
    assert wanted(1000, 5, 5, known_mm=1010) == 5
    assert wanted(1000, 4, 5, known_mm=1010) == 9
    assert wanted(1000, 3, 5, known_mm=1010) == 33


def test_nine_pings_do_if_nothing_is_known():
    assert wanted(1000, 5, 5) == 9
    assert wanted(1000, 6, 9) == 33
    assert wanted(0, 0, 5, flags=NO_ECHO) == 9


def test_a_move_is_looked_at_closely():
    assert wanted(1000, 5, 5, known_mm=1200) == 33
