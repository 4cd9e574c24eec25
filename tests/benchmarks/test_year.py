"""The digital year's figures, from years that are known."""

from dataclasses import replace

import pytest

from benchmarks.year.dial import Dial
from benchmarks.year.lines import lines_of
from benchmarks.year.seed import Level, SeedFigures
from routing.simulation import simulate
from tests.routing.simulation.worlds import FLEET, line_world, nothing

YEAR = simulate(line_world([0.1], days=1), nothing, fleet=FLEET)


def known(km: float, overflow_h: float):
    return replace(YEAR, km=km, overflow_h=overflow_h)


def dial(tried: list[float]) -> Dial:
    years = {1.0: known(100, 200), 2.0: known(200, 80), 3.0: known(400, 40)}

    def live(setting: float):
        tried.append(setting)
        return years[setting]

    return Dial(name="any", settings=(1.0, 2.0, 3.0), live=live, start=0)


def test_a_dial_is_turned_until_the_overflow_lies_between_two_settings():
    tried: list[float] = []

    assert dial(tried).at_overflow(140, lambda y: y.km) == pytest.approx(150)
    assert tried == [1.0, 2.0]


def test_a_dial_that_never_gets_there_says_so():
    assert dial([]).at_overflow(39, lambda y: y.km) is None
    assert dial([]).at_overflow(201, lambda y: y.km) is None
    assert dial([]).overflow_at(99) is None


def test_overflow_is_read_at_equal_kilometres():
    assert dial([]).overflow_at(300) == pytest.approx(60)


def test_who_never_drives_so_much_is_taken_at_his_least_overflow():
    assert dial([]).overflow_at(401) == 40


def test_one_seed_has_no_interval():
    assert "km_saving_low_pct" not in figures(seed(1, 700.0))


def seed(number: int, ours_km: float | None) -> SeedFigures:
    level = Level(
        overflow_h=60.0,
        fixed_km=1000.0,
        fixed_hours=100.0,
        ours_km=ours_km,
        ours_hours=60.0,
        service_share=0.95,
        fill_at_pickup=0.5,
        clairvoyant_overflow_h=30.0,
        threshold_km=None,
    )
    return SeedFigures(seed=number, levels=(level,), goal_vs_clairvoyant=1.5)


def figures(*seeds: SeedFigures):
    return {each.figure: each for each in lines_of("A", 60.0, seeds)}


def test_savings_are_paired_and_have_an_interval():
    found = figures(seed(1, 700.0), seed(2, 740.0))

    assert found["km_saving_pct"].value == pytest.approx(28.0)
    assert found["km_saving_worst_pct"].value == pytest.approx(26.0)
    assert not found["km_saving_low_pct"].ok
    assert found["hours_saving_pct"].ok
    assert found["overflow_vs_clairvoyant"].value == pytest.approx(2.0)
    assert not found["overflow_vs_clairvoyant"].ok


def test_a_seed_that_never_gets_there_fails_the_saving():
    assert figures(seed(1, 700.0), seed(2, None))["km_saving_pct"].ok is False
