"""One by one, late, or all at once: the judgement is the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.sensing import DetectedEmptying, judge_readings, reads_from_h
from tests.routing.sensing.bins import changed, part, sawtooth, say


def noisy_weeks():
    at_h, fill = sawtooth(30, rise_per_day=0.12, every_days=5)
    rng = np.random.default_rng(7)
    readings = changed(say(at_h, fill), rng.random(len(at_h)) < 0.08, 620)
    readings = changed(readings, rng.random(len(at_h)) < 0.02, np.nan)
    return part(readings, rng.random(len(at_h)) < 0.9)


READINGS = noisy_weeks()
(WHOLE,) = judge_readings([READINGS], from_h=[READINGS.measured_h[0]])


class Kept:
    """What a service would keep of the judgements that it made."""

    def __init__(self) -> None:
        self.known = np.zeros(len(READINGS.measured_h), bool)
        self.faults: dict[float, int] = {}
        self.emptyings: list[DetectedEmptying] = []

    def receive(self, arriving) -> None:
        self.known[arriving] = True
        from_h = float(READINGS.measured_h[arriving].min())
        is_read = self.known & (READINGS.measured_h >= reads_from_h(from_h))
        read = part(READINGS, is_read)
        (judged,) = judge_readings([read], from_h=[from_h])
        for at_h, fault in zip(read.measured_h, judged.fault, strict=True):
            if at_h >= judged.from_h:
                self.faults[float(at_h)] = int(fault)
        earlier = [e for e in self.emptyings if e.until_h < judged.from_h]
        self.emptyings = [*earlier, *judged.emptyings]


def assert_same_as_whole(kept: Kept) -> None:
    assert list(dict(sorted(kept.faults.items())).values()) == list(WHOLE.fault)
    assert [e.until_h for e in kept.emptyings] == [e.until_h for e in WHOLE.emptyings]


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_whatever_the_chunks_and_their_order(data):
    count = len(READINGS.measured_h)
    cuts = data.draw(st.lists(st.integers(1, count - 1), max_size=6, unique=True))
    chunks = np.split(np.arange(count), sorted(cuts))
    kept = Kept()
    for chunk in data.draw(st.permutations(chunks)):
        kept.receive(chunk)
    assert_same_as_whole(kept)


def test_hours_as_they_come():
    kept = Kept()
    half = len(READINGS.measured_h) * 2 // 3
    kept.receive(np.arange(half))
    for hours in np.array_split(np.arange(half, len(READINGS.measured_h)), 25):
        kept.receive(hours)
    assert_same_as_whole(kept)


def test_whatever_other_devices_are_judged_beside_it():
    (alone, _) = judge_readings(
        [READINGS, READINGS], from_h=[READINGS.measured_h[0]] * 2
    )
    assert np.array_equal(alone.fault, WHOLE.fault)
    assert alone.emptyings == WHOLE.emptyings
