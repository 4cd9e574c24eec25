"""Emptyings, as people report them and as readings show them."""

import numpy as np
import pytest

from routing.demand.emptyings import all_emptyings, detect_emptyings
from tests.routing.demand.bins import make_bin
from tests.routing.demand.foreseen import steady


def test_emptyings_are_seen_in_the_readings():
    found = missed = false = 0
    for seed in range(30):
        bin_ = make_bin(seed, rate_per_day=0.15)
        history = bin_.history
        seen_h = detect_emptyings(history.measured_h, history.fill_fraction)
        apart = np.abs(seen_h[:, None] - bin_.emptied_h)
        found += (apart.min(axis=0, initial=99) < 3).sum()
        missed += (apart.min(axis=0, initial=99) >= 3).sum()
        false += (apart.min(axis=1, initial=99) >= 3).sum()

    assert found > 50
    assert missed <= 0.05 * found
    assert false <= 0.05 * found


def test_one_echo_is_no_emptying():
    history = steady(0.1)
    fill = history.fill_fraction.copy()
    fill[100:102] = 0.0

    assert not len(detect_emptyings(history.measured_h, fill))


def test_a_reported_emptying_is_the_one_that_counts():
    at_h = np.arange(0.0, 72)
    fill = np.where(at_h < 36, 0.8, 0.05)

    assert all_emptyings(np.empty(0), at_h, fill) == pytest.approx([35.5])
    assert all_emptyings(np.array([30.0]), at_h, fill) == pytest.approx([30.0])
    assert all_emptyings(np.array([5.0]), at_h, fill) == pytest.approx([5.0, 35.5])
