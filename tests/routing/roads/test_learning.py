"""Speeds learned from legs that were driven."""

import numpy as np
import pytest

from routing.roads import DrivenLeg, SpeedFactor, learn_speed_factors, mean_factors

TRUE = {("primary", 7): 0.5, ("primary", 11): 0.9, ("residential", 7): 0.8}


def drive(rng, hour, count, noise=0.15):
    for _ in range(count):
        class_s = {
            "primary": float(rng.uniform(0, 200)),
            "residential": float(rng.uniform(20, 150)),
        }
        seconds = 20 + sum(s / TRUE.get((c, hour), 1.0) for c, s in class_s.items())
        yield DrivenLeg(
            hour=hour,
            seconds=seconds * float(rng.lognormal(0, noise)),
            class_s=class_s,
            other_s=20.0,
        )


def factors(legs):
    return {(f.road_class, f.hour): f.factor for f in learn_speed_factors(legs)}


def test_many_legs_teach_what_traffic_is_like():
    rng = np.random.default_rng(1)
    found = factors([*drive(rng, 7, 600), *drive(rng, 11, 600)])
    for (road_class, hour), factor in found.items():
        assert factor == pytest.approx(TRUE.get((road_class, hour), 1.0), rel=0.1)


def test_a_few_legs_teach_little():
    rng = np.random.default_rng(2)
    found = factors(list(drive(rng, 7, 1)))
    assert all(0.75 < factor < 1.15 for factor in found.values())


def test_pauses_and_mis_taps_teach_nothing():
    rng = np.random.default_rng(3)
    legs = list(drive(rng, 7, 300))
    wrong = [
        DrivenLeg(hour=7, seconds=seconds, class_s={"primary": 100.0})
        for seconds in (0.0, 1.0, 3600.0, -50.0)
    ]
    assert factors([*legs, *wrong]) == factors(legs)


def test_nothing_driven_nothing_learned():
    assert learn_speed_factors([]) == []
    assert learn_speed_factors([DrivenLeg(hour=7, seconds=60, class_s={})]) == []


def test_a_shift_is_as_slow_as_its_hours_together():
    known = [
        SpeedFactor(road_class="primary", hour=7, factor=0.5, driven_s=9e3),
        SpeedFactor(road_class="primary", hour=8, factor=1.0, driven_s=9e3),
        SpeedFactor(road_class="service", hour=20, factor=0.2, driven_s=9e3),
    ]
    assert mean_factors(known, [7, 8]) == {
        "primary": pytest.approx(2 / 3),
        "service": 1.0,
    }
    assert mean_factors(known, [7]) == {"primary": 0.5, "service": 1.0}
    assert mean_factors(known, []) == {}


def test_legs_say_on_which_roads_their_time_is_spent(build_town, at):
    network = build_town(
        nodes={1: (0, 0), 2: (100, 0), 3: (300, 0)},
        ways={12: (1, 2), 23: (2, 3)},
        way_tags={23: {"highway": "primary"}},
    )
    start, end = network.snap(*at(50, 0)), network.snap(*at(200, 0))
    spent, other_s = network.time_by_class(start, end)
    assert spent == {"residential": pytest.approx(5), "primary": pytest.approx(5)}
    assert other_s == pytest.approx(0)
