"""What is known of a bin beside its sensor goes into the plan, and is said there."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.planning.counted import NOT_TRUSTED
from backend.planning.day import plan_next_day
from backend.planning.foresee import to_history
from backend.planning.horizon import ServiceDay
from backend.planning.inputs import load_inputs
from backend.planning.wishes import wish_for_bins
from backend.store.collection_rules import (
    CollectionRule,
    DayOff,
    add_day_off,
    set_collection_rule,
    set_service_level,
    set_weekdays,
)
from backend.store.evidence import (
    DepositReport,
    NewObservation,
    store_deposits,
    store_observation,
)
from backend.store.founding import PastEmptying, record_past
from backend.store.history import load_decision, load_forecast
from backend.store.known_events import KnownEvent, add_known_event
from backend.store.overview import load_organisation
from backend.store.planning import load_slots
from tests.services.city import MORNING
from tests.services.readings import report_rise

MONDAY = date(2026, 11, 23)


def slots_of(connection):
    found = load_slots(connection, 1, since=MORNING - timedelta(days=56))
    return {each.code: each for each in found}


def see(connection, slot_id, fill, **facts):
    seen = NewObservation(
        fill_fraction=fill, observed_at=MORNING - timedelta(hours=1), **facts
    )
    store_observation(connection, slot_id, seen)


def distrust(connection, slot_id):
    connection.execute(
        """INSERT INTO sensor_trust
           SELECT device_id, 'not_trusted', '{stuck}', %s, %s, %s, NULL, NULL, 0, 0, 1,
                  0, 0, 0, 0, 0, 0, '{}', NULL
           FROM device_slot WHERE slot_id = %s""",
        (MORNING, MORNING, MORNING, slot_id),
    )


def test_each_word_comes_with_how_far_it_may_be_off(connection, small_city):
    see(connection, small_city["T-1"], 0.5, source="driver")
    see(connection, small_city["T-2"], 1.0, source="citizen")
    see(connection, small_city["T-3"], 0.5, source="schedule", fill_deviation=0.4)

    deviations = {
        code: each.observed_deviation for code, each in slots_of(connection).items()
    }

    assert deviations == {"T-1": [0.10], "T-2": [0.25], "T-3": [0.4]}


def test_a_counter_and_a_container_type_are_handed_on_to_the_forecast(
    connection, small_city
):
    report = DepositReport(
        slot_id=small_city["T-1"], reported_at=MORNING - timedelta(hours=3), deposits=17
    )
    store_deposits(connection, [report])
    connection.execute("UPDATE container SET container_type = 'underground 3 m3'")

    history = to_history(slots_of(connection)["T-1"])

    assert history.deposits.tolist() == [17]
    assert history.container_type == "underground 3 m3"
    assert history.lat_deg == pytest.approx(60.16632)
    assert history.is_sensor_trusted


def test_a_bin_whose_sensor_is_not_trusted_is_planned_from_its_history_and_says_so(
    connection, small_city, city_settings
):
    distrust(connection, small_city["T-1"])

    plan_next_day(connection, city_settings, service_day=MONDAY)

    assert not slots_of(connection)["T-1"].is_sensor_trusted
    decision = load_decision(connection, small_city["T-1"])
    assert decision is not None
    assert NOT_TRUSTED in decision.counted
    other = load_decision(connection, small_city["T-2"])
    assert other is not None
    assert NOT_TRUSTED not in other.counted


def test_complaints_count_until_the_bin_is_emptied(connection, small_city):
    see(connection, small_city["T-1"], 1.0, source="citizen")
    see(connection, small_city["T-1"], 0.4, source="citizen")
    see(connection, small_city["T-2"], 1.0, source="citizen")
    emptied = PastEmptying(
        slot_id=small_city["T-2"], emptied_at=MORNING, seen_fill=None
    )
    record_past(connection, [emptied])

    complaints = {code: each.complaints for code, each in slots_of(connection).items()}

    assert complaints == {"T-1": 1, "T-2": 0, "T-3": 0}


def test_a_bins_own_rule_counts_in_place_of_its_streams(connection, small_city):
    for rule in (
        CollectionRule(kind="hygiene", stream="residual", every_days=14),
        CollectionRule(kind="hygiene", code="T-1", every_days=7),
        CollectionRule(kind="contract", code="T-2", weekdays=[1, 4]),
    ):
        assert set_collection_rule(connection, 1, rule)

    slots = slots_of(connection)

    assert {c: s.hygiene_days for c, s in slots.items()} == {
        "T-1": 7,
        "T-2": 14,
        "T-3": 14,
    }
    assert slots["T-2"].contract_weekdays == [1, 4]
    assert not set_collection_rule(
        connection, 1, CollectionRule(kind="overflow", code="T-9", factor=2.0)
    )


def test_a_bin_left_on_friday_must_last_until_monday_where_nobody_drives_on_weekends(
    connection, small_city, city_settings
):
    """Half full, and a tenth more a day: enough for Saturday, hardly for Tuesday."""
    report_rise(
        connection,
        small_city["T-1"],
        until=MORNING,
        hours=48,
        from_fill=0.25,
        to_fill=0.65,
    )
    plan_next_day(connection, city_settings, service_day=MONDAY)
    daily = load_forecast(connection, small_city["T-1"])

    set_weekdays(connection, 1, [1, 2, 3, 4, 5])
    for day in range(24, 28):
        off = DayOff(day=date(2026, 11, day), reason="holiday")
        add_day_off(connection, 1, off)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    pausing = load_forecast(connection, small_city["T-1"])

    assert daily is not None
    assert pausing is not None
    assert pausing.overflow_probability > daily.overflow_probability + 0.3


def test_an_event_that_the_operator_knows_of_fills_bins_sooner(
    connection, small_city, city_settings
):
    report_rise(
        connection,
        small_city["T-1"],
        until=MORNING,
        hours=48,
        from_fill=0.2,
        to_fill=0.5,
    )
    plan_next_day(connection, city_settings, service_day=MONDAY)
    usual = load_forecast(connection, small_city["T-1"])
    festival = KnownEvent(day=MONDAY, factor=4.0, reason="festival")
    add_known_event(connection, 1, festival)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    festive = load_forecast(connection, small_city["T-1"])

    assert usual is not None
    assert festive is not None
    assert festive.overflow_probability > usual.overflow_probability + 0.3


def test_a_higher_service_level_makes_an_overflow_weigh_more(connection, small_city):
    for slot_id in small_city.values():
        report_rise(
            connection, slot_id, until=MORNING, hours=48, from_fill=0.2, to_fill=0.6
        )
    organisation = load_organisation(connection)
    assert organisation is not None
    service_day = ServiceDay(day=MONDAY, zone=ZoneInfo(organisation.time_zone))
    cents = []
    for level in (0.5, 0.9999):
        set_service_level(connection, 1, level)
        inputs = load_inputs(connection, organisation, service_day=service_day)
        wanted = wish_for_bins(inputs, overflow_weight=1.0)
        cents.append(wanted.wishes[0].overflow_cents)

    assert cents[1] > 2 * cents[0]


@pytest.mark.parametrize(
    "rule",
    [
        CollectionRule(kind="hygiene", code="T-1", every_days=5),
        CollectionRule(kind="contract", stream="residual", every_days=5),
        CollectionRule(kind="contract", code="T-1", weekdays=[7]),
    ],
)
def test_a_bin_that_is_due_by_rule_must_go_though_it_is_nearly_empty(
    connection, small_city, city_settings, rule
):
    """Emptied on the Wednesday before: five days ago when Tuesday's chance comes."""
    for slot_id in small_city.values():
        report_rise(
            connection, slot_id, until=MORNING, hours=48, from_fill=0.0, to_fill=0.05
        )
        at = MORNING - timedelta(days=4, hours=20)
        emptied = PastEmptying(slot_id=slot_id, emptied_at=at, seen_fill=None)
        record_past(connection, [emptied])
    set_collection_rule(connection, 1, rule)

    plan_next_day(connection, city_settings, service_day=MONDAY)

    due = load_decision(connection, small_city["T-1"])
    assert due is not None
    assert due.is_mandatory
    assert due.outcome == "planned"
    assert due.why == "due by rule or contract, whatever the fill"
    assert any("the last time 5 days ago" in each for each in due.counted)
    other = load_decision(connection, small_city["T-2"])
    assert other is not None
    assert other.is_mandatory == (rule.stream is not None)


def test_room_next_door_makes_an_overflow_cheaper_and_complaints_dearer(
    connection, small_city, city_settings
):
    for code, fill in (("T-1", 0.75), ("T-2", 0.75), ("T-3", 0.05)):
        report_rise(
            connection,
            small_city[code],
            until=MORNING,
            hours=48,
            from_fill=max(0.0, fill - 0.2),
            to_fill=fill,
        )
    set_weekdays(connection, 1, [1, 3])
    plan_next_day(connection, city_settings, service_day=MONDAY)
    alone = load_decision(connection, small_city["T-1"])
    connection.execute(
        """UPDATE site SET lat_deg = 60.16640, lon_deg = 24.93750
           WHERE name = 'Pieni Roobertinkatu 5'"""
    )
    plan_next_day(connection, city_settings, service_day=MONDAY)
    beside = load_decision(connection, small_city["T-1"])
    see(connection, small_city["T-2"], 1.0, source="citizen", fill_deviation=1.0)
    plan_next_day(connection, city_settings, service_day=MONDAY)
    complained = load_decision(connection, small_city["T-2"])

    assert alone is not None
    assert beside is not None
    assert complained is not None
    assert 0 < beside.prize_cents < alone.prize_cents
    assert any("next door, within 150 m" in each for each in beside.counted)
    assert any("1 citizen reported it full" in each for each in complained.counted)
