"""What is believed of a sensor that is mostly right."""

from dataclasses import replace

import numpy as np
import pytest

from routing.sensing import FAULTS, DeviceReadings, Fault, Judgement, judge_readings
from tests.routing.sensing.bins import EMPTY_MM, FULL_MM, changed, part, sawtooth, say


def judge(readings: DeviceReadings) -> Judgement:
    (judgement,) = judge_readings([readings], from_h=[readings.measured_h[0]])
    return judgement


def named(judgement: Judgement) -> list[Fault | None]:
    return [FAULTS[code - 1] if code else None for code in judgement.fault]


def flat(hours: int, fill: float) -> DeviceReadings:
    at_h, _ = sawtooth(hours // 24 + 1)
    return say(at_h[:hours], np.full(hours, fill))


def test_a_clean_sensor_has_no_faults_and_its_level_is_known_to_centimetres():
    at_h, fill = sawtooth(40)
    judgement = judge(say(at_h, fill))
    assert np.count_nonzero(judgement.fault) <= 3
    error_mm = judgement.level_mm - (EMPTY_MM - fill * (EMPTY_MM - FULL_MM))
    assert np.percentile(np.abs(error_mm), 95) < 40
    assert np.median(judgement.deviation_mm) < 30


def test_a_lone_false_echo_is_a_jump_and_does_not_move_the_level():
    readings = changed(flat(240, 0.3), 200, 400)
    judgement = judge(readings)
    assert named(judgement)[200] is Fault.JUMP
    assert judgement.level_mm[200] == pytest.approx(900, abs=60)


def test_echoes_from_one_height_are_named_with_it():
    readings = changed(flat(240, 0.3), np.arange(100, 240, 7), 620)
    judgement = judge(readings)
    faults = named(judgement)
    assert faults[233] is Fault.FALSE_ECHO
    assert faults[234] is None
    (height_mm,) = judgement.condition.echo_heights_mm
    assert height_mm == pytest.approx(620, abs=30)


@pytest.mark.parametrize("surge_to", [0.6, 0.95])
def test_a_real_surge_is_believed_by_the_fourth_reading(surge_to):
    at_h, _ = sawtooth(10)
    fill = np.where(np.arange(240) < 200, 0.2, surge_to)
    surged = say(at_h, fill)
    doubted = judge(part(surged, slice(201)))
    believed = judge(part(surged, slice(204)))
    assert named(doubted)[200] is Fault.JUMP
    assert believed.level_mm[-1] == pytest.approx(
        EMPTY_MM - surge_to * (EMPTY_MM - FULL_MM), abs=100
    )
    assert named(believed)[200:] == [None] * 4, "in hindsight the first was right"


def test_readings_that_say_nothing_are_told_apart():
    readings = flat(240, 0.3)
    readings = changed(changed(readings, 150, np.nan), 160, 25)
    tilt_deg, received_h = readings.tilt_deg.copy(), readings.received_h.copy()
    previous_h = readings.previous_h.copy()
    tilt_deg[170] = 60
    received_h[180] -= 5
    previous_h[190] = readings.measured_h[190] + 30
    judgement = judge(
        replace(
            readings, tilt_deg=tilt_deg, received_h=received_h, previous_h=previous_h
        )
    )
    faults = named(judgement)
    assert faults[150] is Fault.NO_ECHO
    assert faults[160] is Fault.BLIND_ZONE
    assert faults[170] is Fault.MOVED
    assert faults[180] is Fault.CLOCK
    assert faults[190] is Fault.CLOCK


def test_a_bin_that_is_full_up_to_the_sensor_is_believed():
    at_h, _ = sawtooth(10)
    fill = np.minimum(np.arange(240) / 200, 1.0)
    readings = changed(say(at_h, fill), slice(220, 240), 30)
    assert named(judge(readings))[230:] == [None] * 10


def test_the_same_millimetre_for_days_is_stuck_but_only_after_days():
    readings = changed(flat(240, 0.3), slice(100, 240), 900)
    faults = named(judge(readings))
    assert faults[150] is None
    assert faults[199:] == [Fault.STUCK] * 41


def test_the_same_mass_for_days_is_a_bin_that_nobody_uses():
    readings = changed(flat(240, 0.3), slice(100, 240), 900)
    weighed = replace(readings, is_weighed=np.ones(240, dtype=np.bool_))
    assert named(judge(weighed)) == [None] * 240


def test_a_load_cell_is_blind_nowhere():
    readings = changed(flat(240, 0.3), slice(200, 203), 20)
    assert named(judge(readings))[201] == Fault.BLIND_ZONE
    weighed = replace(readings, is_weighed=np.ones(240, dtype=np.bool_))
    assert named(judge(weighed))[201] == Fault.JUMP


def test_uncalibrated_and_unordered_readings_are_refused():
    with pytest.raises(ValueError, match="empty_mm"):
        replace(flat(24, 0.3), empty_mm=np.full(24, 100.0))
    with pytest.raises(ValueError, match="measured_h"):
        part(flat(24, 0.3), slice(None, None, -1))
