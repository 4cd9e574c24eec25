"""Emptyings seen by real sensors in glass banks, judged by when crews work.

Nobody wrote down when those banks were emptied. But crews work Monday to Saturday from
5 to 19 h, which is half of all hours: detections that mean nothing fall outside half of
the time, so twice the share outside is the share that is false. The detector knows
neither hours nor weekdays.
"""

import argparse
import csv
import gzip
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.report import Figure
from benchmarks.v3_emptyings import detect_v3
from routing.arrays import BoolArray, FloatArray
from routing.sensing import DeviceReadings, Judgement, judge_readings, weigh_trust

BENCH = "emptyings"
READINGS = "frankfurt_glass_readings.csv.gz"
PLACE = ZoneInfo("Europe/Berlin")
CREWS_FROM_H, CREWS_TO_H, LAST_CREW_DAY = 5, 19, 5
SHARE_OF_ALL_HOURS = 0.5
NO_ECHO_CM = 190.0
FULL_CM = 10.0
EMPTY_PERCENTILE = 97.0
LEAST_EVENTS_A_YEAR = 24.0
GOALS = {"good": 0.05, "all": 0.15}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sensor:
    """A sensor's hourly readings as the research read them, and all of them for us."""

    hour: FloatArray
    distance_cm: FloatArray
    empty_cm: float
    readings: DeviceReadings


def main() -> None:
    """Measure one data set."""
    parser = argparse.ArgumentParser(prog="scripts/bench emptyings")
    parser.add_argument("--data", type=Path, required=True, help="folder with the CSV")
    file = parser.parse_args().data / READINGS
    if not file.is_file():
        sys.stderr.write(f"nothing measured: there is no {file}\n")
        return
    measure({name: read_sensor(rows) for name, rows in read_rows(file).items()})


def measure(sensors: Mapping[str, Sensor]) -> None:
    """Print the figures of the good sensors and of all."""
    known = {
        name: detect_v3(each.hour, each.distance_cm, each.empty_cm, FULL_CM)
        for name, each in sensors.items()
    }
    started_s = time.process_time()
    judged = dict(zip(sensors, judge(sensors.values()), strict=True))
    cpu_s = time.process_time() - started_s
    days = count_days(sensors.values())
    good = [name for name in sensors if is_good(sensors[name], len(known[name]), days)]
    for case, names in (("good", good), ("all", list(sensors))):
        seen_h = [np.array([e.at_h for e in judged[n].emptyings]) for n in names]
        compare(case, seen_h, [known[n] for n in names], years=days / 365)
    Figure(
        bench=BENCH,
        case="all",
        figure="cpu_s_per_1000_sensor_days",
        value=1000 * cpu_s / (days * len(sensors)),
        unit="s",
    ).print()
    print_trust(good, judged)


def count_days(sensors: Iterable[Sensor]) -> float:
    """Return how long the whole data set is."""
    spans = [each.readings.measured_h[[0, -1]] for each in sensors]
    return float(np.max(spans) - np.min(spans)) / 24


def judge(sensors: Iterable[Sensor]) -> list[Judgement]:
    """Call what the product calls."""
    readings = [each.readings for each in sensors]
    return judge_readings(readings, from_h=[r.measured_h[0] for r in readings])


def compare(
    case: str, seen_h: list[FloatArray], known_h: list[FloatArray], *, years: float
) -> None:
    """Print how often, and how often falsely, beside the research's best method."""
    count = len(seen_h)
    Figure(
        bench=BENCH,
        case=case,
        figure=f"false_share_{case}",
        value=false_share(np.concatenate(seen_h)),
        unit="share",
        reference="v3",
        reference_value=false_share(np.concatenate(known_h)),
        goal=GOALS[case],
    ).print()
    Figure(
        bench=BENCH,
        case=case,
        figure="events_per_sensor_year",
        value=sum(map(len, seen_h)) / count / years,
        unit="1/year",
        reference="v3",
        reference_value=sum(map(len, known_h)) / count / years,
        goal=LEAST_EVENTS_A_YEAR,
        is_floor=True,
        digits=1,
    ).print()


def print_trust(good: list[str], judged: Mapping[str, Judgement]) -> None:
    """Print how many sensors of each kind are trusted at the end."""
    trusted = {n for n, j in judged.items() if not weigh_trust(j.condition).reasons}
    for case, names in (("good", set(good)), ("others", set(judged) - set(good))):
        Figure(
            bench=BENCH,
            case=case,
            figure="trusted_at_the_end",
            value=len(trusted & names) / max(1, len(names)),
            unit="share",
        ).print()


def read_rows(file: Path) -> dict[str, FloatArray]:
    """Read time, distance in cm and tilt of every sensor."""
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    with gzip.open(file, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            tilt_deg = float(row["tilt_deg"] or "nan")
            at_s, distance_cm = float(row["unix_s"]), float(row["distance_cm"])
            rows[row["sensor"]].append((at_s, distance_cm, tilt_deg))
    return {name: np.array(sorted(each)) for name, each in rows.items()}


def read_sensor(rows: FloatArray) -> Sensor:
    """Calibrate a sensor as the research did: empty is what is hardly ever exceeded."""
    at_s, distance_cm, tilt_deg = rows.T
    is_echo = (distance_cm > 0) & (distance_cm < NO_ECHO_CM)
    hour, distances = hourly_medians(at_s[is_echo], distance_cm[is_echo])
    empty_cm = float(np.percentile(distances, EMPTY_PERCENTILE))
    measured_h = at_s / 3600
    return Sensor(
        hour=hour,
        distance_cm=distances,
        empty_cm=empty_cm,
        readings=DeviceReadings(
            measured_h=measured_h,
            received_h=measured_h,
            previous_h=np.full(len(rows), np.nan),
            distance_mm=np.where(is_echo, 10 * distance_cm, np.nan),
            tilt_deg=tilt_deg,
            empty_mm=np.full(len(rows), 10 * empty_cm),
            full_mm=np.full(len(rows), 10 * FULL_CM),
            is_weighed=np.zeros(len(rows), dtype=np.bool_),
        ),
    )


def hourly_medians(
    at_s: FloatArray, distance_cm: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the hours with readings and the median in each."""
    hours, first = np.unique(np.floor(at_s / 3600), return_index=True)
    parts = np.split(distance_cm, first[1:])
    return hours, np.array([np.median(part) for part in parts])


def is_good(sensor: Sensor, events: int, days: float) -> bool:
    """Tell whether a sensor passes the gate of the research."""
    start, end = np.searchsorted(
        sensor.hour, (sensor.hour - 4, sensor.hour + 5), side="left"
    )
    centred = np.array(
        [np.median(sensor.distance_cm[a:b]) for a, b in zip(start, end, strict=True)]
    )
    is_off = (np.abs(sensor.distance_cm - centred) > 8) & (end - start >= 3)
    availability = len(sensor.hour) / (24 * days)
    return bool(is_off.mean() < 0.06 and availability > 0.55 and events >= 10)


def false_share(at_h: FloatArray) -> float | None:
    """Return the share that is false, implied by those outside the crews' hours."""
    return (
        float(np.mean(~in_crews_hours(at_h)) / SHARE_OF_ALL_HOURS)
        if len(at_h)
        else None
    )


def in_crews_hours(at_h: FloatArray) -> BoolArray:
    """Tell which hours since 1970 lie in the crews' working time."""
    local = [datetime.fromtimestamp(h * 3600, UTC).astimezone(PLACE) for h in at_h]
    return np.array(
        [
            t.weekday() <= LAST_CREW_DAY and CREWS_FROM_H <= t.hour < CREWS_TO_H
            for t in local
        ],
        dtype=bool,
    )
