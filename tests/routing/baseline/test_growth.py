"""What came into a bin, from what was seen between emptyings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.baseline import trace_gain

DAYS = np.arange(0.0, 97.0)


def test_between_two_emptyings_the_gain_is_what_was_measured():
    gained = trace_gain(
        np.array([0.0, 24.0, 48.0]),
        np.array([0.0, 0.6, 0.2]),
        np.array([24.0]),
        edge_h=DAYS,
    )

    assert gained.fill[24] == pytest.approx(0.6)
    assert gained.fill[48] == pytest.approx(0.8)
    assert gained.rate_per_h == pytest.approx(0.8 / 48)


def test_after_the_last_word_it_goes_on_at_the_mean_rate():
    gained = trace_gain(
        np.array([0.0, 24.0]), np.array([0.2, 0.44]), np.array([]), edge_h=DAYS
    )

    assert gained.start_fill == pytest.approx(0.2)
    assert gained.fill[-1] == pytest.approx(96 * 0.01)


def test_a_full_bin_goes_on_filling_though_its_sensor_sees_no_more():
    seen = np.minimum(1.0, DAYS * 0.02)

    gained = trace_gain(DAYS, seen, np.array([]), edge_h=DAYS)

    assert gained.fill[-1] == pytest.approx(96 * 0.02)


def test_noise_is_no_material():
    wobble = 0.5 + 0.02 * np.tile([1.0, -1.0], 48)
    gained = trace_gain(DAYS[:96], wobble, np.array([]), edge_h=DAYS)

    assert gained.fill[-1] < 0.05


def test_a_bin_of_which_nothing_was_seen_fills_as_usual():
    nothing = np.array([])

    gained = trace_gain(nothing, nothing, nothing, edge_h=DAYS, usual_per_h=0.01)

    assert gained.watched_h == 0
    assert gained.fill[-1] == pytest.approx(0.96)


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.floats(0, 1.05)), max_size=30),
    st.lists(st.floats(-50, 150), max_size=5),
)
def test_the_gain_never_falls_whatever_was_seen(seen, emptied):
    seen.sort()
    at_h = np.array([each[0] for each in seen])
    fill = np.array([each[1] for each in seen])

    gained = trace_gain(at_h, fill, np.unique(emptied), edge_h=DAYS)

    assert (np.diff(gained.fill) >= -1e-9).all()
    assert gained.start_fill >= 0
