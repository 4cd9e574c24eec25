from binnode.payload import NO_ECHO, NOISY
from binnode.sensors.hx711 import read_count, summarise

WEIGHED = 128
NOTHING = (65535, 0, NO_ECHO | WEIGHED)


class Converter:
    """An HX711 as its datasheet draws it: each rising clock brings the next bit."""

    def __init__(self, count):
        self.bits = [count >> place & 1 for place in range(23, -1, -1)]
        self.level = 0  # ready
        self.pulses = 0
        self.is_clock_high = False


class Data:
    def __init__(self, chip):
        self.chip = chip

    def value(self):
        return self.chip.level


class Clock:
    def __init__(self, chip):
        self.chip = chip

    def value(self, level):
        chip = self.chip
        if level and not chip.is_clock_high:
            # The 25th pulse brings the line up: gain 128, and the next conversion.
            chip.level = chip.bits[chip.pulses] if chip.pulses < 24 else 1
            chip.pulses += 1
        chip.is_clock_high = bool(level)


def heard_of(count):
    chip = Converter(count)
    heard = read_count(Data(chip), Clock(chip))
    assert chip.pulses == 25
    assert not chip.is_clock_high  # or it would switch itself off
    return heard


def test_a_conversion_is_24_bits_of_twos_complement_and_25_pulses():
    for count in (0, 1, 0x123456, 0x7FFFFF, -1, -2, -0x123456, -0x800000):
        assert heard_of(count) == count


def of(counts, zero=0, per_hg=100):
    return tuple(summarise(counts, zero, per_hg))


def test_a_mass_is_what_is_above_the_zero_in_steps_of_100_g():
    assert of([41249] * 5) == (412, 5, WEIGHED)
    assert of([41250] * 5) == (413, 5, WEIGHED)
    assert of([-58750] * 5, zero=-100_000) == (413, 5, WEIGHED)


def test_the_middle_of_the_conversions_stands_and_those_that_agree_are_counted():
    # 200 g and 1 %: at 100 kg up to 1.2 kg away.
    assert of([100_000, 100_000, 101_200, 101_300, 50_000]) == (1000, 3, WEIGHED)
    assert of([10_000, 30_000, 50_000, 70_000, 90_000]) == (500, 1, NOISY | WEIGHED)


def test_an_empty_bin_is_never_lighter_than_nothing_and_a_broken_cell_is_no_mass():
    assert of([-10_000] * 5) == (0, 5, WEIGHED)
    assert of([-10_051] * 5) == NOTHING


def test_an_overload_a_converter_at_its_end_and_a_silent_one_are_no_mass():
    assert of([3_200_000]) == (32_000, 1, WEIGHED)
    assert of([3_200_051]) == NOTHING
    assert of([0x7FFFFF] * 5, per_hg=1000) == NOTHING
    assert of([-0x800000] * 5, zero=-8_388_608) == NOTHING
    assert of([]) == NOTHING
