"""Comparisons at equal overflow, over seeds."""

from dataclasses import replace

import numpy as np
import pytest

from routing.simulation import (
    Point,
    Year,
    at_equal_km,
    at_equal_overflow,
    frontier,
    interval,
    rho_for_service,
    simulate,
    uniform_plan,
)
from tests.routing.simulation.worlds import FLEET, line_world

WORLD = line_world([0.1] * 3, days=14)
ANY = simulate(WORLD, uniform_plan(WORLD, 7.0), fleet=FLEET)


def known(**figures) -> Year:
    return replace(ANY, **figures)


YEARS = [
    known(km=100.0, overflow_h=200.0),
    known(km=200.0, overflow_h=100.0),
    known(km=400.0, overflow_h=50.0),
]


def test_figures_are_read_between_two_settings():
    assert at_equal_overflow(YEARS, 75.0, lambda year: year.km) == pytest.approx(300)
    assert at_equal_km(YEARS, 150.0) == pytest.approx(150)


def test_nothing_is_read_beyond_what_was_tried():
    assert at_equal_overflow(YEARS, 49.0, lambda year: year.km) is None
    assert at_equal_overflow([], 60.0, lambda year: year.km) is None
    assert at_equal_km(YEARS, 401.0) is None


def test_an_interval_is_students():
    found = interval([10.0, 12.0, 14.0])

    assert found.mean == 12
    assert found.high - found.mean == pytest.approx(4.303 * 2 / np.sqrt(3), rel=1e-3)


def test_one_seed_says_nothing_of_the_spread():
    assert interval([3.0]).low == -np.inf


def test_a_frontier_is_a_year_for_each_setting():
    points = frontier(
        WORLD, lambda days: uniform_plan(WORLD, days), (1.4, 7.0), fleet=FLEET
    )

    assert [each.dial for each in points] == [1.4, 7.0]
    assert points[1].year.km == ANY.km < points[0].year.km


def test_the_dial_of_a_service_level_is_read_from_the_curve():
    shares = {1.0: 0.9, 4.0: 0.99}
    points = [Point(dial=d, year=known(service_share=s)) for d, s in shares.items()]

    assert rho_for_service(points, 0.945) == pytest.approx(2.0)
    assert rho_for_service(points, 0.8) == 1
    assert rho_for_service(points, 0.999) is None
