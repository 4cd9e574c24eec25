"""How much an overflow must weigh for the service level that was set."""

import numpy as np
import pytest

from backend.planning.service_level import LEAST_WEIGHT, MOST_WEIGHT, weigh_overflows

PROBABILITY = np.array([0.4, 0.1, 0.02, 0.0])
WORTH_CENTS = PROBABILITY * 5000


def weigh(level: float) -> float:
    return weigh_overflows(PROBABILITY, WORTH_CENTS, level=level, detour_cents=400.0)


def test_just_so_many_bins_are_worth_their_detour_that_the_rest_keeps_the_level():
    """Left alone the second, third and fourth overflow with .12 of four: 3 %."""
    weight = weigh(0.97)

    assert weight * WORTH_CENTS[0] == pytest.approx(400)
    assert weight * WORTH_CENTS[1] < 400


def test_a_level_that_is_kept_without_driving_asks_for_no_detour():
    assert weigh(0.8) == LEAST_WEIGHT


def test_a_level_that_only_every_bin_keeps_takes_every_bin_that_may_overflow():
    assert weigh(0.9999) * WORTH_CENTS[2] == pytest.approx(400)


def test_a_bin_that_costs_nothing_when_it_overflows_is_not_weighed_for_ever():
    weight = weigh_overflows(
        np.array([0.5]), np.zeros(1), level=0.99, detour_cents=400.0
    )

    assert weight == MOST_WEIGHT


def test_a_higher_level_never_weighs_less():
    weights = [weigh(level) for level in np.linspace(0.5, 0.9999, 60)]

    assert (np.diff(weights) >= 0).all()
