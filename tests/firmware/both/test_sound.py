from binnode.sensors.sound import echo_mm


def test_a_metre_takes_longer_in_the_cold():
    # 2,000 mm at 331.3 + 0.606 T m/s.
    for temperature_dc, echo_us in ((-200, 6266), (0, 6037), (200, 5824), (500, 5531)):
        assert abs(echo_mm(echo_us, temperature_dc) - 1000) <= 1


def test_an_unknown_temperature_is_taken_as_15_degrees():
    assert echo_mm(5875, -32768) == echo_mm(5875, 150) == 999


def test_the_longest_echo_stays_a_small_number():
    # Of 31 bits, one for the sign: what the chip computes without taking memory.
    fastest = (331_300 + 606 * 150) // 100
    assert 60_000 * fastest < 2**30
    assert echo_mm(60_000, 1500) == 60_000 * fastest // 20_000
