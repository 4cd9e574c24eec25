"""Fixed rounds replayed: hours full, what was taken, what was not reached."""

import numpy as np
import pytest

from routing.baseline import follow_fill, hours_full, replay_rounds

DAYS = 4
HOURS = np.arange(1.0, DAYS * 24 + 1)
# Half a bin a day: full after two days.
GAINED = np.tile(HOURS / 48, (2, 1))
EMPTY = np.zeros(2)


def serve_all(_day, slots, _fill):
    return np.ones(len(slots), np.bool_)


def due_on(*days):
    is_due = np.zeros((2, DAYS), np.bool_)
    is_due[:, list(days)] = True
    return is_due


def replay(is_due, serve=serve_all, warm_up_days=0):
    return replay_rounds(
        GAINED, EMPTY, is_due, hour_of_day=6, warm_up_days=warm_up_days, serve=serve
    )


def test_bins_that_nobody_empties_are_full_from_the_hour_on_that_they_fill():
    never = follow_fill(GAINED, EMPTY, np.zeros(GAINED.shape, np.bool_))

    full_h = hours_full(never, from_hour=0)

    # Two bins, full at the end of hour 48: hours 48 to 96 are 49 ends of hours.
    assert full_h.tolist() == [0, 2, 48, 48]
    assert full_h.sum() == 2 * 49


def test_a_round_every_other_day_keeps_them_from_overflowing():
    emptied = replay(due_on(1, 3))
    follow = follow_fill(GAINED, EMPTY, emptied.is_emptied)

    assert hours_full(follow, from_hour=0).sum() == 0
    assert follow.taken.sum(axis=1) == pytest.approx([79 / 48, 79 / 48])


def test_the_driver_is_told_how_full_the_bins_are_that_are_due():
    told = []

    def remember(day, slots, fill):
        told.append((day, slots.tolist(), fill.tolist()))
        return np.ones(len(slots), np.bool_)

    replay(due_on(1), serve=remember)

    assert told == [(1, [0, 1], pytest.approx([31 / 48, 31 / 48]))]


def test_a_bin_that_was_not_reached_is_due_the_next_day():
    def serve_the_first(_day, slots, _fill):
        return np.arange(len(slots)) == 0

    done = replay(due_on(1), serve=serve_the_first)

    assert np.argwhere(done.is_emptied).tolist() == [[0, 30], [1, 54]]
    assert done.carried.tolist() == [0, 1, 0, 0]


def test_nobody_drives_while_the_rounds_warm_up():
    days = []

    def remember(day, slots, _fill):
        days.append(day)
        return np.ones(len(slots), np.bool_)

    done = replay(due_on(0, 1, 2), serve=remember, warm_up_days=2)

    assert days == [0]
    assert done.is_emptied[:, 30].all()
