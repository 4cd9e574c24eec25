"""Bins of made-up scenes, judged as `scripts/bench firmware fill_error` does."""

from statistics import fmean

import pytest
from sim.scenes import bin_scenes

from benchmarks.firmware.fill_error import figures, one_bin


@pytest.mark.parametrize("is_bursty", [False, True])
def test_one_reading_in_ten_is_wild_be_it_in_bursts(is_bursty):
    shares = [
        scene.wild_share
        for seed in range(40)
        for scene in bin_scenes(seed, wakes=2000, is_bursty=is_bursty)
    ]

    assert fmean(shares) == pytest.approx(0.1, abs=0.01)
    assert (max(shares) > 0.5) == is_bursty


def test_a_scene_is_the_same_again():
    def first_pings():
        scene = next(bin_scenes(7, wakes=1))
        return [ping for ping, _ in zip(scene.pings(), range(20), strict=False)]

    assert first_pings() == first_pings()


def test_bursts_cost_few_reports_where_the_median_loses_one_in_ten():
    seen = [each for seed in range(4) for each in one_bin(seed, is_bursty=True)]
    _, kept, *_ = figures("bursts", seen)

    assert kept.value is not None
    assert kept.reference_value is not None
    assert kept.value > 97
    assert kept.reference_value < 94
