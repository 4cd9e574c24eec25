"""One transaction of the gateway, on a real database."""

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from gateway.storing import opening
from gateway.storing.store import Ack, Arrival, Memory, Stored, store_batch
from tests.services.devices import add_device
from tests.services.wire import NOON, NOON_S, message, numbered, record, topic

READ_READINGS = """
SELECT epoch, seq, distance_mm FROM reading WHERE device_id = %s ORDER BY epoch, seq"""
READ_REJECTED = (
    "SELECT payload, reason FROM rejected_message ORDER BY rejected_message_id"
)


def store(conn: psycopg.Connection, name: str, *payloads: bytes) -> Stored:
    return store_batch(
        conn,
        [Arrival(topic=topic(name), payload=each) for each in payloads],
        Memory(),
    )


def seqs(conn: psycopg.Connection, device_id: int) -> list[int]:
    return [seq for _, seq, _ in conn.execute(READ_READINGS, (device_id,))]


def cursors(conn: psycopg.Connection) -> dict[int, int]:
    return dict(conn.execute("SELECT epoch, next_seq FROM device_journal").fetchall())


def acked(stored: Stored) -> list[tuple[int, int]]:
    return [(ack.epoch, ack.next_seq) for ack in stored.acks]


def test_every_field_of_a_record_becomes_a_column(at_noon, bin_1):
    name, device_id = bin_1

    store(at_noon, name, message(record(flags=32), first_seq=0))

    row = at_noon.execute("SELECT * FROM reading").fetchone()
    assert row is not None
    assert row == (device_id, NOON, 7, 0, NOON, 800, 3600, 45, 2, 9, 32, None)


def test_an_echo_that_is_missing_is_null(at_noon, bin_1):
    name, device_id = bin_1

    store(at_noon, name, message(record(distance_mm=0), record(flags=2)))

    assert at_noon.execute(READ_READINGS, (device_id,)).fetchall() == [
        (7, 0, None),
        (7, 1, None),
    ]


def test_a_message_sent_twice_is_stored_once_and_acknowledged_twice(at_noon, bin_1):
    name, device_id = bin_1

    first = store(at_noon, name, numbered(0, 3))
    second = store(at_noon, name, numbered(0, 3))

    assert seqs(at_noon, device_id) == [0, 1, 2]
    assert acked(first) == acked(second) == [(7, 3)]


def test_a_message_twice_in_one_batch_is_stored_once(at_noon, bin_1):
    name, device_id = bin_1

    stored = store(at_noon, name, numbered(0, 3), numbered(0, 3), numbered(2, 2))

    assert seqs(at_noon, device_id) == [0, 1, 2, 3]
    assert acked(stored) == [(7, 4)]


def test_of_an_overlap_the_rest_is_stored(at_noon, bin_1):
    name, device_id = bin_1
    store(at_noon, name, numbered(0, 3))

    stored = store(at_noon, name, numbered(1, 5))

    assert seqs(at_noon, device_id) == [0, 1, 2, 3, 4, 5]
    assert acked(stored) == [(7, 6)]


def test_a_gap_stores_nothing_and_repeats_the_old_cursor(at_noon, bin_1):
    name, device_id = bin_1
    store(at_noon, name, numbered(0, 2))

    stored = store(at_noon, name, numbered(3, 2))

    assert seqs(at_noon, device_id) == [0, 1]
    assert acked(stored) == [(7, 2)]


def test_a_loss_that_the_device_admits_is_written_down(at_noon, bin_1):
    name, device_id = bin_1
    store(at_noon, name, numbered(0, 2))

    stored = store(at_noon, name, numbered(5, 2, is_oldest=True))

    gaps = at_noon.execute("SELECT * FROM reading_gap").fetchall()
    assert gaps == [(device_id, 7, 2, 5, NOON)]
    assert seqs(at_noon, device_id) == [0, 1, 5, 6]
    assert acked(stored) == [(7, 7)]


def test_two_journals_of_a_device_have_a_cursor_each(at_noon, bin_1):
    name, _ = bin_1

    stored = store(
        at_noon, name, numbered(0, 2, epoch=9), numbered(0, 3), numbered(2, 2, epoch=9)
    )

    assert cursors(at_noon) == {7: 3, 9: 4}
    assert acked(stored) == [(7, 3), (9, 4)]


def test_the_acknowledgement_speaks_as_the_device_did(at_noon, bin_1):
    name, _ = bin_1
    records = [{"measured_at": NOON.isoformat(), "distance_mm": 640}]
    text = json.dumps({"v": 1, "epoch": 3, "seq": 0, "records": records}).encode()

    stored = store(at_noon, name, text)

    assert stored.acks == (Ack(device=name, encoding="json", epoch=3, next_seq=1),)


def test_a_device_without_a_counter_may_send_twice(at_noon, bin_1):
    name, device_id = bin_1
    records = [{"measured_at": NOON.isoformat(), "distance_mm": 640}]
    text = json.dumps({"v": 1, "records": records}).encode()

    stored = [store(at_noon, name, text), store(at_noon, name, text, text)]

    key = NOON_S * 1_000_000
    assert at_noon.execute(READ_READINGS, (device_id,)).fetchall() == [(0, key, 640)]
    assert [acked(each) for each in stored] == [[], []]


def test_what_cannot_be_understood_is_kept_whole_with_the_reason(at_noon, bin_1):
    name, _ = bin_1
    arrivals = [
        Arrival(topic=topic(name), payload=b"\x07nonsense"),
        Arrival(topic=topic("stranger"), payload=numbered(0, 1)),
        Arrival(topic=f"ullage/1/99/{name}/readings", payload=numbered(0, 1)),
    ]

    stored = store_batch(at_noon, arrivals, Memory())

    kept = at_noon.execute(
        "SELECT received_at, topic, payload, reason FROM rejected_message"
    ).fetchall()
    assert [(at, name, payload) for at, name, payload, _ in kept] == [
        (NOON, each.topic, each.payload) for each in arrivals
    ]
    reasons = [reason for *_, reason in kept]
    assert "first byte 07" in reasons[0]
    assert reasons[1] == "unknown device stranger"
    assert "partition" in reasons[2]
    assert stored.acks == ()
    assert stored.rejected == 3


def test_an_impossible_record_is_kept_apart_from_its_good_neighbours(at_noon, bin_1):
    name, device_id = bin_1
    bad = record(tilt_deg=200)
    text = message(record(), bad, record())

    first = store(at_noon, name, text)
    store(at_noon, name, text)

    assert seqs(at_noon, device_id) == [0, 2]
    assert acked(first) == [(7, 3)]
    assert at_noon.execute(READ_REJECTED).fetchall() == [
        (message(bad, first_seq=1), "seq 1: tilt_deg: 200 is not in 0..180")
    ]


def test_a_record_of_an_unset_clock_is_dated_by_receipt(at_noon, bin_1):
    name, device_id = bin_1
    text = message(record(measured_s=100, flags=1), sent_s=160)

    store_batch(
        at_noon, [Arrival(topic=topic(name), payload=text, waited_s=0)], Memory()
    )

    ((measured_at,),) = at_noon.execute("SELECT measured_at FROM reading").fetchall()
    assert measured_at == NOON - timedelta(seconds=60)
    del device_id


def test_receipt_is_when_it_came_by_the_clock_of_the_database(connection):
    connection.execute(
        "INSERT INTO clock (real_origin_at, shown_origin_at, speed)"
        " VALUES (clock_timestamp(), %s, 60)",
        (NOON,),
    )
    name, _ = add_device(connection)
    arrival = Arrival(topic=topic(name), payload=message(record()), waited_s=10)

    stored = store_batch(connection, [arrival], Memory())

    ((received_at,),) = connection.execute("SELECT received_at FROM reading").fetchall()
    assert received_at == (stored.at - timedelta(seconds=600)).replace(microsecond=0)


def test_the_latest_reading_is_the_one_measured_last_not_the_one_that_came_last(
    at_noon, bin_1
):
    name, _ = bin_1
    newer, older = record(distance_mm=300), record(measured_s=NOON_S - 60)

    store(at_noon, name, message(newer), message(older, first_seq=1))
    store(at_noon, name, message(older, first_seq=2))

    latest = at_noon.execute("SELECT measured_at, distance_mm FROM device_latest")
    assert latest.fetchall() == [(NOON, 300)]


def test_readings_of_any_week_find_their_partition(at_noon, bin_1):
    name, device_id = bin_1
    days = [datetime(year, 12, 31, tzinfo=UTC) for year in (2020, 2023, 2025)]
    records = [record(measured_s=int(day.timestamp())) for day in days]

    store(at_noon, name, message(*records))

    assert seqs(at_noon, device_id) == [0, 1, 2]


def test_a_batch_that_fails_leaves_nothing_behind(at_noon, bin_1):
    name, _ = bin_1
    at_noon.execute("ALTER TABLE device_journal ADD CHECK (distance_mm <> 101)")

    with pytest.raises(psycopg.errors.CheckViolation):
        store(at_noon, name, numbered(0, 1), numbered(1, 1), b"\x07nonsense")

    assert cursors(at_noon) == {}
    assert at_noon.execute("SELECT count(*) FROM reading").fetchone() == (0,)
    assert at_noon.execute(READ_REJECTED).fetchall() == []


def test_what_is_remembered_of_devices_is_asked_again(at_noon, bin_1, monkeypatch):
    name, _ = bin_1
    memory = Memory()
    arrivals = [Arrival(topic(name), numbered(0, 1))]
    store_batch(at_noon, arrivals, memory)
    at_noon.execute("UPDATE device SET kind = 'lwm2m-3435' WHERE device = %s", (name,))

    kept = store_batch(at_noon, [Arrival(topic(name), numbered(1, 1))], memory)
    monkeypatch.setattr(opening, "REMEMBERED_S", 0.0)
    asked = store_batch(at_noon, [Arrival(topic(name), numbered(2, 1))], memory)

    assert (kept.rows, kept.rejected) == (1, 0)
    assert (asked.rows, asked.rejected) == (0, 1)  # no JSON, as that kind sends
