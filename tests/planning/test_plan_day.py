"""From histories in the database to runs in force."""

from datetime import date, timedelta

import pytest

from backend.planning.day import plan_next_day
from backend.planning.inputs import PlanningError
from backend.store.founding import set_clock
from backend.store.history import load_decision, load_forecast
from backend.store.overview import load_plan_summary
from backend.store.runs import load_runs, load_stops
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)


@pytest.fixture
def filling_city(connection, small_city):
    """T-1 is nearly full, T-2 half, T-3 nearly empty; each fills 20 % a day."""
    for code, fill in (("T-1", 0.95), ("T-2", 0.5), ("T-3", 0.12)):
        report_rise(
            connection,
            small_city[code],
            until=MORNING,
            hours=12,
            from_fill=fill - 0.1,
            to_fill=fill,
        )
    return small_city


def test_a_nearly_full_bin_is_planned_and_a_nearly_empty_one_can_wait(
    connection, filling_city, city_settings
):
    plan_next_day(connection, city_settings, service_day=MONDAY)

    full = load_decision(connection, filling_city["T-1"])
    empty = load_decision(connection, filling_city["T-3"])
    assert full is not None
    assert full.outcome == "planned"
    assert full.is_mandatory
    assert empty is not None
    assert empty.outcome == "left"


def test_a_run_follows_the_streets_and_tips_before_it_comes_home(
    connection, filling_city, city_settings
):
    plan_next_day(connection, city_settings, service_day=MONDAY)

    (run,) = load_runs(connection, MONDAY)
    stops = load_stops(connection, run.run_id)
    assert run.roads == "streets"
    assert len(run.geometry) > 20
    assert stops[-1].kind == "tip"
    assert stops[-1].load_l == 0
    assert sum(each.leg_distance_m for each in stops) < run.distance_m
    arrivals = [each.arrive_at for each in stops]
    assert arrivals == sorted(arrivals)
    assert run.starts_at >= MORNING


def test_every_bin_gets_a_forecast_that_can_be_judged(
    connection, filling_city, city_settings
):
    plan_next_day(connection, city_settings, service_day=MONDAY)

    forecast = load_forecast(connection, filling_city["T-2"])
    assert forecast is not None
    assert forecast.fill_fraction == pytest.approx(0.5, abs=0.05)
    assert len(forecast.horizon_at) == len(forecast.fill_middle)
    assert forecast.fill_low[-1] <= forecast.fill_middle[-1] <= forecast.fill_high[-1]
    assert forecast.horizon_at[0] - MORNING < timedelta(minutes=1)


def test_a_newer_plan_of_the_day_replaces_the_older_one(
    connection, filling_city, city_settings
):
    first = plan_next_day(connection, city_settings, service_day=MONDAY)
    second = plan_next_day(connection, city_settings, service_day=MONDAY)

    assert {each.plan_id for each in load_runs(connection, MONDAY)} == {second.plan_id}
    assert first.plan_id != second.plan_id


def test_a_day_that_is_over_is_not_planned(connection, filling_city, city_settings):
    with pytest.raises(PlanningError, match="is over"):
        plan_next_day(connection, city_settings, service_day=MONDAY - timedelta(days=1))


def test_a_day_whose_shifts_are_over_is_not_planned(
    connection, filling_city, city_settings
):
    set_clock(connection, shown_at=MORNING + timedelta(hours=12), speed=1.0)

    with pytest.raises(PlanningError, match="shifts"):
        plan_next_day(connection, city_settings, service_day=MONDAY)


def test_a_bin_that_no_run_had_time_for_says_what_would_make_time(
    connection, busy_city, city_settings
):
    """Eight bins of 40 minutes, and one truck that must be home in four hours."""
    connection.execute(
        """DELETE FROM compartment USING vehicle
           WHERE vehicle.vehicle_id = compartment.vehicle_id AND name <> 'Truck'"""
    )

    plan_next_day(connection, city_settings, service_day=MONDAY)

    decisions = [load_decision(connection, each) for each in busy_city.values()]
    left = [each for each in decisions if each and each.outcome == "unserved"]
    assert left
    for each in left:
        assert each.would_fit_limit == "shift_end_s"
        assert each.would_fit_vehicle == "Truck"
        assert each.would_fit_amount is not None
        assert each.would_fit_amount > 60


def test_a_bin_beyond_the_streets_is_named_and_the_others_are_planned(
    connection, filling_city, city_settings
):
    connection.execute("UPDATE site SET lat_deg = 60.5 WHERE name = 'Annankatu 20'")

    plan_next_day(connection, city_settings, service_day=MONDAY)

    decision = load_decision(connection, filling_city["T-1"])
    assert decision is not None
    assert decision.outcome == "unreachable"
    assert "street" in decision.why


def test_a_depot_that_cannot_be_reached_stops_the_plan_and_says_so(
    connection, filling_city, city_settings
):
    connection.execute("UPDATE depot SET lat_deg = 10")

    with pytest.raises(PlanningError, match="depot cannot be reached"):
        plan_next_day(connection, city_settings, service_day=MONDAY)


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("DELETE FROM compartment", "no vehicle"),
        ("DELETE FROM facility", "no facility"),
        ("DELETE FROM container", "no bins"),
    ],
)
def test_what_is_missing_for_a_plan_is_named(
    connection, filling_city, city_settings, missing, says
):
    connection.execute(missing)

    with pytest.raises(PlanningError, match=says):
        plan_next_day(connection, city_settings, service_day=MONDAY)


def test_a_city_without_a_map_is_planned_by_estimate_and_says_so(
    connection, filling_city, city_settings
):
    on_streets = plan_next_day(connection, city_settings, service_day=MONDAY)
    connection.execute("UPDATE organisation SET city = NULL")

    guessed = plan_next_day(connection, city_settings, service_day=MONDAY)

    assert "estimate" in load_runs(connection, MONDAY)[0].roads
    assert "times and distances: estimate without a street map" in str(guessed)
    assert "estimate" not in str(on_streets)


def test_tomorrows_plan_does_not_hide_todays_runs(
    connection, filling_city, city_settings
):
    today = plan_next_day(connection, city_settings, service_day=MONDAY)
    plan_next_day(connection, city_settings, service_day=MONDAY + timedelta(days=1))

    shown = load_runs(connection)
    summary = load_plan_summary(connection)

    assert [each.service_day for each in shown] == [MONDAY]
    assert summary is not None
    assert summary.plan_id == today.plan_id


def test_the_next_planned_day_is_shown_while_today_has_no_plan(
    connection, filling_city, city_settings
):
    tuesday = MONDAY + timedelta(days=1)

    plan_next_day(connection, city_settings, service_day=tuesday)

    assert {each.service_day for each in load_runs(connection)} == {tuesday}
