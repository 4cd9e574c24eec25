"""What a driver is owed, and what counts of his morning."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.planning.horizon import ServiceDay
from backend.planning.rests import state_rest
from backend.planning.under_way import VehicleDay
from backend.store.planning import Vehicle
from backend.store.so_far import StopSoFar

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = ServiceDay(day=date(2026, 11, 23), zone=HELSINKI)
H = 3600
VEHICLE = Vehicle(
    vehicle_id=1,
    name="Truck",
    lat_deg=60.1,
    lon_deg=24.9,
    compartment_l={"residual": 2000},
    compaction=2.0,
    capacity_kg=3000,
    shift_start_local=time(6),
    shift_end_local=time(14),
    overtime_s=0,
    break_s=1800,
    break_earliest_local=time(11),
    break_latest_local=time(13),
    is_under_driving_rule=True,
    cents_per_km=200,
    cents_per_hour=5000,
    cents_per_day=1000,
    overtime_cents_per_hour=0,
    road_profile="truck-18t",
    height_m=None,
    width_m=None,
    length_m=None,
    weight_t=None,
    axle_t=None,
)


def entry(kind, *, at_h, minutes=10, leg_drive_s=0, status="done"):
    at = MONDAY.at(at_h * H)
    return StopSoFar(
        vehicle_id=1,
        origin_stop_id=1,
        kind=kind,
        slot_id=None,
        facility_id=None,
        stream=None,
        lat_deg=None,
        lon_deg=None,
        arrive_at=at,
        depart_at=at + timedelta(minutes=minutes),
        leg_drive_s=leg_drive_s,
        volume_l=0,
        mass_kg=0,
        load_l=0,
        load_kg=0,
        status=status,
        reached_at=at,
    )


def day_at(hour: float, *ended, is_out=True):
    at: datetime = MONDAY.at(hour * H)
    return VehicleDay(
        run=None,
        ended=list(ended),
        still_open=[],
        is_out=is_out,
        free_at=at,
        left_at=at,
        aboard={},
        breaks=[],
    )


def rest_of(day):
    return state_rest(VEHICLE, day, service_day=MONDAY)


def test_before_the_day_begins_the_whole_window_is_open():
    (lunch,) = rest_of(day_at(5, is_out=False)).breaks

    assert (lunch.earliest_s, lunch.latest_s) == (11 * H, 13 * H)
    assert lunch.length_s == 1800


def test_at_noon_who_has_not_eaten_yet_still_does():
    (lunch,) = rest_of(day_at(12)).breaks

    assert (lunch.earliest_s, lunch.latest_s) == (12 * H, 13 * H)


@pytest.mark.parametrize(
    ("ended", "count"),
    [
        ([entry("break", at_h=11.25, minutes=30)], 0),
        ([entry("break", at_h=11.25, minutes=30, status="skipped")], 1),
        # A coffee in the morning is no lunch, and neither is a short halt at noon.
        ([entry("break", at_h=8, minutes=45)], 1),
        ([entry("break", at_h=11.25, minutes=20)], 1),
    ],
)
def test_only_a_lunch_that_was_had_is_behind_the_driver(ended, count):
    assert len(rest_of(day_at(12, *ended)).breaks) == count


def test_a_window_that_is_over_is_not_opened_again():
    assert rest_of(day_at(13.5)).breaks == ()


def test_what_was_driven_counts_since_the_last_long_rest():
    morning = entry("pickup", at_h=7, leg_drive_s=9000)
    long_rest = entry("break", at_h=9, minutes=45)
    later = entry("pickup", at_h=10, leg_drive_s=1200)

    rule = rest_of(day_at(10.5, morning, long_rest, later)).driving

    assert rule is not None
    assert rule.max_driving_s == 16_200 - 1200


def test_a_short_break_does_not_begin_the_count_anew():
    morning = entry("pickup", at_h=7, leg_drive_s=9000)
    lunch = entry("break", at_h=11, minutes=30)

    rule = rest_of(day_at(12, morning, lunch)).driving

    assert rule is not None
    assert rule.max_driving_s == 16_200 - 9000


def test_who_has_driven_for_hours_rests_before_the_law_says_so():
    morning = entry("pickup", at_h=7, leg_drive_s=15_000)

    rest = rest_of(day_at(12, morning))

    (soon,) = rest.breaks
    assert soon.length_s == 2700
    assert soon.latest_s - soon.earliest_s == 1200
    assert rest.driving is not None
    assert rest.driving.max_driving_s == 16_200
