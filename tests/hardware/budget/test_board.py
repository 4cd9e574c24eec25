import pytest

from hardware.budget.asleep import add_up
from hardware.budget.assumptions import load
from hardware.budget.board import Factor, translate
from hardware.budget.metered import load_days
from hardware.budget.supply import draw_of
from hardware.design.placed import load_sources, place
from hardware.design.sleep import Sleeper, list_sleepers
from tests.hardware.budget.making import PERFECT, board, day

METERED = day(
    boot=(10, 300), handshake=(6, 600), session=(4, 400), retries=(0.5, 50),
    range_sensor=(60, 480),
)  # fmt: skip


def charges(of):
    return {each.name: each.charge_mc for each in of.phases}


def test_a_board_with_nothing_different_only_sleeps_as_it_does():
    translated = translate(METERED, board(behind_ua=10, straight_ua=5))

    assert charges(translated) == charges(METERED) | {
        "deep sleep": pytest.approx((86400 - 20.5) * 15 / 1000)
    }


def test_a_phase_takes_as_much_longer_and_dearer_as_its_factor_says():
    translated = translate(METERED, board(boot=Factor(time=2, current=0.5)))

    boot = translated.phase("boot")
    assert (boot.duration_s, boot.charge_mc) == (20, 300)


def test_retries_follow_what_they_repeat():
    translated = translate(METERED, board(handshake=Factor(time=2, current=1)))

    retries = translated.phase("retries")
    assert retries.charge_mc == pytest.approx(50 * 1600 / 1000)
    assert retries.duration_s == pytest.approx(0.5 * 16 / 10)


def test_a_day_without_radio_has_no_retries_to_scale():
    assert translate(day(boot=(10, 300)), board()).phase("retries").charge_mc == 0


@pytest.mark.parametrize("name", load().boards)
@pytest.mark.parametrize("metered", load_days().values(), ids=lambda each: each.name)
def test_a_day_stays_a_day_and_is_the_sum_of_its_phases(metered, name):
    translated = translate(metered, load().boards[name])

    for each in (metered, translated):
        assert each.whole_s == pytest.approx(86400, abs=0.1)
        assert each.mah * 3600 == pytest.approx(sum(charges(each).values()))
    assert charges(translated).keys() == charges(metered).keys()


def test_the_board_that_was_metered_only_sleeps_differently():
    metered = load_days()["hourly reports"]
    translated = translate(metered, load().boards["esp32"])

    assert charges(translated) | {"deep sleep": 0} == pytest.approx(
        charges(metered) | {"deep sleep": 0}
    )


def test_sleep_currents_add_up_on_either_side_of_the_converter_without_the_cells():
    parts = [
        sleeper("U1", 10.0),
        sleeper("U2", 6.0),
        sleeper("R1", 1.8, is_straight=True),
        sleeper("U6", 0.3, is_straight=True),
        sleeper("B1", 3.0, is_straight=True, is_of_battery=True),
    ]

    asleep = add_up(parts)

    assert asleep.behind_ua == pytest.approx(16.0)
    assert asleep.straight_ua == pytest.approx(2.1)


def sleeper(reference, asleep_ua, *, is_straight=False, is_of_battery=False):
    return Sleeper(
        reference=reference,
        asleep_ua=asleep_ua,
        is_straight=is_straight,
        is_of_battery=is_of_battery,
    )


def test_the_divider_is_fed_by_the_cell_and_the_module_by_the_converter():
    device = place(load_sources(), module="esp32", battery="li_ion")

    straight = {each.reference: each.is_straight for each in list_sleepers(device)}

    assert straight["R1"]
    assert straight["U6"]
    assert not straight["U1"]
    assert "S3" not in straight


def test_only_the_parts_of_a_module_are_asleep_on_it():
    boards = load().boards
    less_ua = boards["esp32"].asleep.ua - boards["esp32c3"].asleep.ua

    assert less_ua == pytest.approx(5.0)  # 10 uA of an ESP32, 5 of a C3


def test_a_regulator_takes_of_the_battery_by_voltage_and_efficiency():
    metered = day(boot=(0, 3600))  # 1 mAh, and 24 h asleep
    made = board(behind_ua=10, straight_ua=2)
    of = draw_of(translate(metered, made), made, supply=PERFECT, beside_ua=3)

    # 3.3 V out of 3.0 V: a tenth more; what is before the converter takes as it is.
    taken_mah = of.mah_a_day(cell_v=3.0, temperature_c=20)
    assert taken_mah == pytest.approx(1.1 + (11 + 2 + 3) * 0.024)


def test_heat_makes_the_sleeping_board_leak_and_cold_saves_nothing():
    made = board(behind_ua=100)
    of = draw_of(translate(day(), made), made, supply=PERFECT, beside_ua=0)

    at_c = {c: of.mah_a_day(cell_v=3.3, temperature_c=c) for c in (-20, 25, 50)}
    assert at_c[-20] == at_c[25] == pytest.approx(2.4)
    assert at_c[50] == pytest.approx(4.8)
