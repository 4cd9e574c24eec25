"""A month against the fixed rounds: reckoned by hand on a small city."""

from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from backend.planning.day import plan_next_day
from backend.savings.period import NO_ROUNDS, NOT_DRIVEN, SavingsError
from backend.savings.reckoning import reckon_month
from backend.store.evidence import NewObservation, store_observation
from backend.store.founding import set_clock
from backend.store.overview import load_organisation
from backend.store.pickups import Pickup, store_pickup
from backend.store.runs import load_runs
from backend.store.savings import load_savings
from tests.savings.driven import MONDAY, TUESDAY_NOON, drive_monday, set_rounds
from tests.services.city import MORNING

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def driven_city(connection, small_city, city_settings):
    drive_monday(connection, small_city, city_settings)
    return small_city


def reckon(connection, settings, month=NOVEMBER):
    organisation = load_organisation(connection)
    assert organisation is not None
    return reckon_month(connection, settings, organisation, month)


def test_a_day_driven_by_plan_stands_beside_the_same_day_on_the_fixed_round(
    connection, driven_city, city_settings
):
    set_rounds(connection, driven_city)

    saving = reckon(connection, city_settings)

    assert (saving.from_day, saving.to_day) == (MONDAY, MONDAY)
    (run,) = load_runs(connection, MONDAY)
    assert saving.driven.distance_km == pytest.approx(run.distance_m / 1000)
    assert saving.driven.pickup_count == 1
    assert saving.fixed.pickup_count == 3
    assert saving.fixed.distance_km > saving.driven.distance_km
    # The truck is an 18-tonner: 1068 g/km on both sides, the source is named.
    assert saving.fixed.co2_kg == pytest.approx(saving.fixed.distance_km * 1.068)
    assert any("EN 16258" in each for each in saving.assumptions)
    hours = (run.ends_at - run.starts_at).total_seconds() / 3600
    by_hand = 1000 + 200 * saving.driven.distance_km + 5000 * hours
    assert saving.driven.cost_cents == pytest.approx(by_hand, abs=1)
    # On daily rounds a bin is emptied of what came in a day.
    came_l = (0.99 + 2 * 0.15) / 9 * 660
    assert saving.fixed.volume_l == pytest.approx(came_l, rel=0.1)


def test_hours_of_overflow_are_those_of_what_really_came(
    connection, driven_city, city_settings
):
    """T-1 is full three hours after the reading at 5:30, and emptied in the morning.
    T-2 would be full after eleven days if the rounds came every thirty."""
    set_rounds(
        connection,
        {"T-1": driven_city["T-1"]},
        every_days=30,
        from_day=MONDAY - timedelta(days=20),
    )

    saving = reckon(connection, city_settings)

    # Emptied twenty days before, full after nine: the whole Monday.
    assert saving.fixed.overflow_h == 24
    assert saving.driven.overflow_h <= 3


def test_reckoned_again_from_the_same_it_is_the_same_row_and_from_more_a_correction(
    connection, driven_city, city_settings
):
    set_rounds(connection, driven_city)
    first = reckon(connection, city_settings)
    again = reckon(connection, city_settings)
    store_observation(
        connection,
        driven_city["T-3"],
        NewObservation(
            fill_fraction=0.5,
            source="driver",
            observed_at=MORNING - timedelta(days=2),
        ),
    )

    corrected = reckon(connection, city_settings)

    assert again == first
    assert corrected.corrects_id == first.saving_id
    assert load_savings(connection, 1) == [corrected]
    assert load_savings(connection, 1, NOVEMBER) == [corrected, first]


def test_no_row_of_the_ledger_is_ever_changed(connection, driven_city, city_settings):
    set_rounds(connection, driven_city)
    reckon(connection, city_settings)

    for statement in ("UPDATE saving SET version = 'x'", "DELETE FROM saving"):
        with pytest.raises(psycopg.errors.RaiseException, match="only ever added"):
            connection.execute(statement)


def test_without_fixed_rounds_or_a_driven_run_it_says_what_is_missing(
    connection, small_city, city_settings
):
    with pytest.raises(SavingsError, match=NOT_DRIVEN):
        reckon(connection, city_settings)

    plan_next_day(connection, city_settings, service_day=MONDAY)
    for stop in connection.execute("SELECT stop_id FROM stop").fetchall():
        tap = Pickup(event_id=UUID(int=stop[0]), outcome="done")
        store_pickup(connection, stop[0], tap)
    with pytest.raises(SavingsError, match="no day of November 2026 is over yet"):
        reckon(connection, city_settings)

    set_clock(connection, shown_at=TUESDAY_NOON, speed=1.0)
    with pytest.raises(SavingsError, match=NO_ROUNDS[:20]):
        reckon(connection, city_settings)
