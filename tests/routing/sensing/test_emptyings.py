"""Emptyings that a sensor shows, and those that it only seems to show."""

import numpy as np
import pytest

from routing.sensing import EmptyingKind, judge_readings
from tests.routing.sensing.bins import START_H, changed, part, sawtooth, say


def emptyings(readings):
    (judgement,) = judge_readings([readings], from_h=[readings.measured_h[0]])
    return judgement.emptyings


def test_each_emptying_is_found_once_within_the_hour_with_its_fills():
    found = emptyings(say(*sawtooth(60, rise_per_day=0.08, every_days=9)))
    due_h = START_H + 10 + np.arange(7) * 9 * 24
    assert [each.at_h for each in found] == pytest.approx(due_h, abs=0.6)
    for each in found:
        assert each.kind is EmptyingKind.FULL
        assert each.fill_before == pytest.approx(0.72, abs=0.05)
        assert each.fill_after == pytest.approx(0.0, abs=0.05)
        assert each.confidence > 0.99
        assert each.after_h < each.at_h < each.until_h


@pytest.mark.parametrize("every_h", [0.25, 6])
def test_they_are_found_at_other_cadences(every_h):
    at_h = np.arange(START_H, START_H + 60 * 24, every_h) + 0.1
    fill = ((at_h - START_H - 10) % (9 * 24)) / 24 * 0.08
    found = emptyings(say(at_h, fill))
    assert len(found) in {6, 7}, "the first may come too soon"
    assert all(each.until_h - each.after_h <= every_h + 1 for each in found)


def test_a_partial_emptying_is_called_so():
    at_h, _ = sawtooth(20)
    fill = np.where(np.arange(480) < 300, 0.8, 0.35)
    (found,) = emptyings(say(at_h, fill))
    assert found.kind is EmptyingKind.PARTIAL
    assert found.fill_after == pytest.approx(0.35, abs=0.05)


def test_a_bag_change_shows_the_floor_for_a_moment():
    at_h, _ = sawtooth(20)
    fill = np.where(np.arange(480) < 300, 0.8, 0.1)
    readings = changed(say(at_h, fill), 300, 1230)
    (found,) = emptyings(readings)
    assert found.kind is EmptyingKind.BAG_CHANGE


def test_a_sensor_that_wavers_between_a_rim_and_the_surface_shows_no_emptyings():
    at_h, _ = sawtooth(40)
    readings = say(at_h, np.linspace(0.05, 0.25, len(at_h)))
    rng = np.random.default_rng(3)
    sees_rim = np.cumsum(rng.random(len(at_h)) < 0.05) % 2 == 1
    readings = changed(readings, sees_rim, 620)
    assert emptyings(readings) == ()


def test_false_echoes_do_not_hide_an_emptying():
    at_h, fill = sawtooth(60)
    rng = np.random.default_rng(4)
    readings = changed(say(at_h, fill), rng.random(len(at_h)) < 0.05, 620)
    assert len(emptyings(readings)) == 7


def test_a_heap_that_slides_is_no_emptying():
    at_h, _ = sawtooth(20)
    fill = np.where(np.arange(480) < 300, 0.6, 0.5)
    assert emptyings(say(at_h, fill)) == ()


def test_an_emptying_is_found_across_a_gap():
    at_h, fill = sawtooth(20)
    readings = say(at_h, fill)
    gap = (at_h < START_H + 215) | (at_h > START_H + 260)
    (_, found, _) = emptyings(part(readings, gap))
    assert found.after_h < START_H + 226 < found.until_h
