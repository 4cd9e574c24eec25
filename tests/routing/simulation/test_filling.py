"""Fill within a day: closed forms beside a loop over minutes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.simulation.filling import fill_at, fills_of_day, live_a_day

STEPS, PARTS = 4, 50

fractions = st.floats(0.0, 1.0)
arrivals = st.lists(st.floats(0.0, 0.9), min_size=STEPS, max_size=STEPS)
hours = st.one_of(st.none(), st.integers(0, STEPS * PARTS - 1))


def lived_in_a_loop(fill, come, emptied_part):
    """Fill by small parts, each even; return end, collected, lost and full parts."""
    collected = lost = full = 0.0
    for part in range(STEPS * PARTS):
        if part == emptied_part:
            collected, fill = fill, 0.0
        more = come[part // PARTS] / PARTS
        room = max(0.0, 1.0 - fill)
        share = 1.0 if fill >= 1.0 - 1e-12 else max(0.0, 1 - room / max(more, 1e-300))
        full += min(1.0, share)
        lost += max(0.0, fill + more - 1.0)
        fill = min(1.0, fill + more)
    return fill, collected, lost, full / PARTS


@settings(max_examples=60, deadline=None)
@given(fractions, arrivals, hours)
def test_a_day_is_what_a_loop_over_its_minutes_makes_of_it(fill, come, emptied_part):
    arrived = np.append(0.0, np.cumsum(come))[None, :]
    at = np.nan if emptied_part is None else emptied_part / PARTS

    day = live_a_day(np.array([fill]), arrived, np.array([at]), step_h=1.0)

    end, collected, lost, full_h = lived_in_a_loop(fill, come, emptied_part)
    assert day.at_end[0] == pytest.approx(end, abs=1e-9)
    assert day.collected[0] == pytest.approx(collected, abs=1e-9)
    assert day.lost[0] == pytest.approx(lost, abs=1e-9)
    assert day.full_h[0] == pytest.approx(full_h, abs=2.1 / PARTS)
    assert fill + sum(come) == pytest.approx(end + collected + lost)


def test_sensors_see_the_fill_at_the_beginning_of_each_step():
    arrived = np.array([[0.0, 0.2, 0.4, 0.6, 0.8]])

    fills = fills_of_day(np.array([0.5]), arrived, np.array([2.5]), step_h=1.0)

    assert fills.tolist() == [pytest.approx([0.5, 0.7, 0.9, 0.1])]


def test_a_fill_never_exceeds_the_bin():
    arrived = np.array([[0.0, 0.4, 0.8]])

    assert fill_at(np.array([0.9]), arrived, np.array([1.5]), step_h=1.0) == [1.0]
