from binnode.payload import NO_ECHO, NOISY
from binnode.ranging import Distance, parse_frames, summarise

FRAME = b"\xff\x07\xa1\xa7"  # 1,953 mm: the example of the sensor's maker


def test_a_frame_is_a_distance():
    assert parse_frames(FRAME) == ([1953], b"")


def test_half_a_frame_is_kept_for_later():
    pings_mm, rest = parse_frames(FRAME + FRAME[:3])
    assert (pings_mm, rest) == ([1953], FRAME[:3])
    assert parse_frames(rest + FRAME[3:]) == ([1953], b"")


def test_after_noise_the_next_frame_is_understood():
    for noise in (b"\x00", b"\xff", b"\xff\xff\xff", b"\xff\x07\xa1\xa8", b"\xff\x07"):
        assert parse_frames(noise + FRAME + FRAME)[0] == [1953, 1953]


def test_a_wrong_sum_is_no_distance():
    assert parse_frames(b"\xff\x07\xa1\xa6\x00\x00\x00")[0] == []


def test_the_median_stands_and_the_rest_is_counted():
    pings_mm = [1000, 1010, 990, 1005, 995, 4000, 100, 1000, 1000]
    assert summarise(pings_mm, 9) == Distance(1000, 7, 0)


def test_pings_outside_the_sensors_range_are_not_used():
    assert summarise([0, 29, 4501, 65535], 9) == Distance(0, 0, NO_ECHO)
    assert summarise([30, 30], 2) == Distance(30, 2, 0)
    assert summarise([4500], 1) == Distance(4500, 1, 0)


def test_agreement_is_30_mm_and_2_percent():
    # 1,000 mm: up to 50 mm away.
    assert summarise([1000, 1000, 1050], 3).echo_count == 3
    assert summarise([1000, 1000, 1051], 3).echo_count == 2


def test_half_of_the_pings_made_is_enough_and_one_less_is_noisy():
    assert summarise([1000] * 5, 10).flags == 0
    assert summarise([1000] * 4, 10).flags == NOISY


def test_no_ping_is_no_echo():
    assert summarise([], 9) == Distance(0, 0, NO_ECHO)
