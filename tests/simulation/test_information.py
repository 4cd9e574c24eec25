"""Where the next sensor pays: at bins that are hard to foresee and dear to miss."""

import numpy as np

from backend.simulation.information import rank_sensors
from tests.simulation.bins import alike

VISIT_CENTS = 500.0


def rank(bins):
    cost = np.full(len(bins), VISIT_CENTS)
    return rank_sensors(bins, cost, most=10)


def test_it_pays_most_at_the_bin_of_which_least_is_known():
    bins = alike(3, doubt=np.array([0.05, 0.6, 0.2]))

    ranked = rank(bins)

    assert [each.code for each in ranked] == ["T-1", "T-2", "T-0"]
    assert ranked[0].saved_cents > ranked[-1].saved_cents > 0


def test_a_bin_that_has_one_is_not_in_the_list():
    bins = alike(2, has_sensor=np.array([True, False]))

    assert [each.code for each in rank(bins)] == ["T-1"]


def test_what_is_known_of_a_bin_is_said_beside_its_worth():
    (one,) = rank(alike(1))

    assert (one.fill_per_day, one.rate_doubt) == (0.2, 0.2)
