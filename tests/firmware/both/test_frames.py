from binnode.sensors.frames import parse_a02yyuw, parse_mb7389

FRAME = b"\xff\x07\xa1\xa7"  # 1,953 mm: the example of the sensor's maker


def test_a_frame_is_a_distance():
    assert parse_a02yyuw(FRAME) == ([1953], b"")


def test_half_a_frame_is_kept_for_later():
    pings_mm, rest = parse_a02yyuw(FRAME + FRAME[:3])
    assert (pings_mm, rest) == ([1953], FRAME[:3])
    assert parse_a02yyuw(rest + FRAME[3:]) == ([1953], b"")


def test_after_noise_the_next_frame_is_understood():
    for noise in (b"\x00", b"\xff", b"\xff\xff\xff", b"\xff\x07\xa1\xa8", b"\xff\x07"):
        assert parse_a02yyuw(noise + FRAME + FRAME)[0] == [1953, 1953]


def test_a_wrong_sum_is_no_distance():
    assert parse_a02yyuw(b"\xff\x07\xa1\xa6\x00\x00\x00")[0] == []


def test_a_line_of_the_maxbotix_is_a_distance():
    assert parse_mb7389(b"R1234\r") == ([1234], b"")
    assert parse_mb7389(b"R1234\rR05") == ([1234], b"R05")


def test_what_it_says_at_power_on_and_noise_are_none():
    begins = b"HRXL-MaxSonar-WR\rPN:MB7389\r"
    assert parse_mb7389(begins + b"\xffR0301\r")[0] == [301]
    for noise in (b"R12 4\r", b"R123\r\r", b"R12345", b"r1234\r"):
        assert parse_mb7389(noise)[0] == []
