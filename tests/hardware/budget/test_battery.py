import pytest

from hardware.budget.curve import at
from tests.hardware.budget.making import battery

LINE = [(0.0, 1.0), (10.0, 2.0), (20.0, 6.0)]


@pytest.mark.parametrize(
    ("x", "y"), [(-5, 1), (0, 1), (5, 1.5), (10, 2), (15, 4), (20, 6), (30, 6)]
)
def test_between_two_points_a_curve_is_a_line_and_beyond_its_ends_flat(x, y):
    assert at(LINE, x) == y


def test_fade_grows_with_the_root_of_time():
    aged = battery(fade=0.04)

    assert aged.capacity_after_mah(1) == pytest.approx(1200 * 0.96)
    assert aged.capacity_after_mah(4) == pytest.approx(1200 * 0.92)


def test_where_it_is_warmer_by_so_much_a_year_fades_twice_as_much():
    aged = battery(fade=0.04, fade_doubles_k=20)

    assert aged.capacity_after_mah(aged.ageing(45)) == pytest.approx(1200 * 0.92)
    assert aged.capacity_after_mah(aged.ageing(5)) == pytest.approx(1200 * 0.98)


def test_self_discharge_doubles_with_warmth():
    lost = battery(self_discharge=0.03, self_discharge_doubles_k=10).lost_a_year

    assert (lost(25), lost(35), lost(15)) == (0.03, 0.06, 0.015)


def test_the_voltage_at_a_peak_gives_its_power_behind_the_resistance():
    weak = battery(resistance_ohm=[(0.0, 0.5)])

    volts = weak.peak_v(1.0, temperature_c=25, peak_w=2.0)
    amperes = (3.3 - volts) / 0.5
    assert volts * amperes == pytest.approx(2.0)
    assert volts > 3.3 / 2


def test_a_battery_that_cannot_give_a_peak_collapses():
    weak = battery(resistance_ohm=[(0.0, 2.0)])

    assert weak.peak_v(1.0, temperature_c=25, peak_w=2.0) == 0.0
