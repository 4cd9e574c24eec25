"""A year of real glass banks: `ULLAGE_DATA` names the folder that holds `fill/`."""

import csv
import gzip
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from routing.demand import QUANTILES, forecast_fill
from routing.demand.emptyings import detect_emptyings
from routing.demand.series import running_median
from tests.routing.demand.bins import history_of

READINGS = "fill/frankfurt_glass_readings.csv.gz"
FULL_CM, NO_ECHO_CM = 10, 190
TEST_FROM_H = np.datetime64("2020-12-15T00", "h").astype(float)


@dataclass(frozen=True, kw_only=True)
class Sensor:
    """One chamber: raw fills, and what they say in hindsight."""

    at_h: np.ndarray
    fill: np.ndarray
    truth: np.ndarray
    emptied_h: np.ndarray
    is_good: bool


@pytest.fixture(scope="module")
def sensors() -> list[Sensor]:
    folder = os.environ.get("ULLAGE_DATA")
    if not folder or not (Path(folder) / READINGS).exists():
        pytest.skip("set ULLAGE_DATA to a folder with the glass-bank readings")
    rows = defaultdict(list)
    with gzip.open(Path(folder) / READINGS, "rt") as lines:
        for row in csv.DictReader(lines):
            rows[row["sensor"]].append((int(row["unix_s"]), float(row["distance_cm"])))
    made = [make_sensor(np.array(sorted(each))) for each in rows.values()]
    return [each for each in made if each is not None]


def make_sensor(rows: np.ndarray) -> Sensor | None:
    at_h, distance_cm = rows[:, 0] / 3600, rows[:, 1]
    is_echo = (distance_cm > 0) & (distance_cm < NO_ECHO_CM)
    is_training = is_echo & (at_h < TEST_FROM_H)
    if is_training.sum() < 500:
        return None
    empty_cm = np.percentile(distance_cm[is_training], 97)
    fill = (empty_cm - distance_cm) / (empty_cm - FULL_CM)
    at_h, fill = at_h[is_echo], fill[is_echo]
    bounded = np.clip(fill, 0, 1.05)
    truth = running_median(bounded, 9)
    emptied_h = detect_emptyings(at_h, bounded)
    is_good = bool(
        np.mean(np.abs(bounded - truth) > 0.08) < 0.06
        and len(at_h) > 0.55 * 365 * 24
        and len(emptied_h) >= 10
    )
    return Sensor(
        at_h=at_h, fill=fill, truth=truth, emptied_h=emptied_h, is_good=is_good
    )


def test_emptyings_are_seen_when_crews_work(sensors):
    good = [each for each in sensors if each.is_good]
    local_h = np.concatenate([each.emptied_h for each in good]) + 1.5
    weekday = (local_h // 24 + 3) % 7
    is_at_work = (weekday < 6) & (local_h % 24 >= 5) & (local_h % 24 < 19)

    # Crews work half of all hours: what falls outside is half of what is false.
    assert (1 - is_at_work.mean()) / 0.5 <= 0.05
    assert len(local_h) / len(good) >= 24


def test_forecasts_of_a_day_beat_the_last_value_and_know_their_error(sensors):
    errors, naive, inside = [], [], []
    for now_h in np.arange(TEST_FROM_H + 4, TEST_FROM_H + 140 * 24, 12 * 13):
        for sensor, forecast in zip(sensors, day_ahead(sensors, now_h), strict=True):
            truth = truth_at(sensor, now_h)
            if not sensor.is_good or truth is None:
                continue
            low, middle, high = forecast.fill_quantiles[
                [0, QUANTILES.index(0.5), -1], 0
            ]
            errors.append(abs(middle - truth))
            naive.append(abs(forecast.fill_fraction - truth))
            inside.append(low <= truth <= high)

    assert len(errors) > 150
    # The seasonal model of the research: 0.059; last value: 0.076.
    assert np.mean(errors) < 0.06
    assert np.mean(errors) < 0.8 * np.mean(naive)
    assert 0.85 <= np.mean(inside) <= 0.97


def test_every_sensor_gets_an_answer_and_bad_ones_less_trust(sensors):
    forecasts = day_ahead(sensors, TEST_FROM_H + 60 * 24)

    trust = {
        is_good: np.mean(
            [
                forecast.trust
                for sensor, forecast in zip(sensors, forecasts, strict=True)
                if sensor.is_good is is_good
            ]
        )
        for is_good in (True, False)
    }
    assert all(np.isfinite(each.fill_quantiles).all() for each in forecasts)
    assert trust[True] > 0.75 > trust[False] + 0.15


def day_ahead(sensors, now_h):
    return forecast_fill(
        [past_of(number, each, now_h) for number, each in enumerate(sensors)],
        now_h=now_h,
        horizon_h=np.array([24.0]),
        utc_offset_h=1.0,
    )


def past_of(number, sensor, now_h):
    is_past = sensor.at_h <= now_h
    return history_of(
        number,
        measured_h=sensor.at_h[is_past],
        fill_fraction=sensor.fill[is_past],
    )


def truth_at(sensor, now_h):
    """Fill a day later, unless the bin was emptied just before or in between."""
    is_recent = (sensor.at_h > now_h - 6) & (sensor.at_h <= now_h)
    is_emptied = (sensor.emptied_h > now_h - 12) & (sensor.emptied_h <= now_h + 24)
    is_then = np.abs(sensor.at_h - now_h - 24) <= 0.6
    if is_emptied.any() or not is_recent.any() or not is_then.any():
        return None
    return float(sensor.truth[is_then][0])
