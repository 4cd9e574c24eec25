"""`python -m gateway` between a real broker and a real database."""

import json
import time
from signal import SIGTERM
from typing import Any

import psycopg
import pytest

from tests.services.devices import Device, add_device, listening
from tests.services.wire import (
    NOON,
    Acknowledged,
    message,
    numbered,
    read_ack,
    record,
    topic,
)

COUNT_READINGS = "SELECT count(*) FROM reading WHERE device_id = %s"
READ_REJECTED = "SELECT topic, payload, reason FROM rejected_message"
PATIENCE_S = 20

pytestmark = pytest.mark.usefixtures("gateway_process")


def count_readings(conn: psycopg.Connection, device: Device) -> int:
    ((number,),) = conn.execute(COUNT_READINGS, (device.device_id,)).fetchall()
    return int(number)


def wait_for_rows(
    conn: psycopg.Connection, query: str, number: int
) -> list[tuple[Any, ...]]:
    give_up_s = time.monotonic() + PATIENCE_S
    while len(rows := conn.execute(query).fetchall()) < number:
        assert time.monotonic() < give_up_s, rows
        time.sleep(0.02)
    return rows


def test_when_a_device_hears_its_ack_its_records_are_committed(connection, device):
    ack = read_ack(device.exchange(numbered(0, 24)))

    assert ack == Acknowledged(epoch=7, next_seq=24)
    assert count_readings(connection, device) == 24


def test_a_message_sent_twice_is_acknowledged_twice(connection, device):
    acks = [read_ack(device.exchange(numbered(0, 3))) for _ in range(2)]

    assert acks == [Acknowledged(epoch=7, next_seq=3)] * 2
    assert count_readings(connection, device) == 3


def test_a_gap_is_answered_with_the_old_cursor(connection, device):
    device.exchange(numbered(0, 2))

    ack = read_ack(device.exchange(numbered(4, 2)))

    assert ack == Acknowledged(epoch=7, next_seq=2)
    assert count_readings(connection, device) == 2


def test_a_device_that_speaks_json_is_answered_in_json(device):
    records = [{"measured_at": NOON.isoformat(), "distance_mm": 640}]
    text = json.dumps({"v": 1, "epoch": 9, "seq": 0, "records": records})

    ack = json.loads(device.exchange(text.encode()))

    assert (ack["v"], ack["epoch"], ack["next_seq"]) == (1, 9, 1)


def test_a_live_ack_is_told_from_the_one_that_was_kept(device, broker):
    device.say(numbered(0, 1))
    live = device.hear()

    with listening(broker, device.name + "-later", device.device_id) as later:
        later.client.subscribe(topic(device.name, "ack"), qos=1)
        kept = later.hear()

    assert not live.retain
    assert kept.retain
    assert kept.payload == live.payload


def test_a_device_without_a_counter_gets_no_ack(connection, device):
    records = [{"measured_at": NOON.isoformat(), "distance_mm": 640}]
    device.say(json.dumps({"v": 1, "records": records}).encode())
    wait_for_rows(connection, "SELECT FROM reading", 1)

    # The next answer is for the next message: nothing was said about the first.
    assert read_ack(device.exchange(numbered(0, 1))).next_seq == 1


def test_bad_bytes_are_kept_and_stop_nobody(connection, device):
    device.say(b"\x09 what is this")

    assert read_ack(device.exchange(numbered(0, 1))).next_seq == 1
    ((name, payload, reason),) = wait_for_rows(connection, READ_REJECTED, 1)
    assert (name, payload) == (topic(device.name), b"\x09 what is this")
    assert "first byte 09" in reason


def test_a_stranger_is_kept_and_gets_no_ack(connection, broker):
    with listening(broker, "never-registered", 0) as stranger:
        stranger.say(numbered(0, 1))
        rows = wait_for_rows(connection, READ_REJECTED, 1)

        assert rows[0][2] == "unknown device never-registered"
        assert stranger.heard.empty()


def test_one_impossible_record_costs_only_itself(connection, device):
    ack = read_ack(device.exchange(message(record(), record(tilt_deg=200), record())))

    assert ack.next_seq == 3
    assert count_readings(connection, device) == 2
    assert len(wait_for_rows(connection, READ_REJECTED, 1)) == 1


def test_a_value_that_the_database_refuses_stops_nobody(connection, broker, device):
    connection.execute("ALTER TABLE reading ADD CHECK (distance_mm <> 13)")
    name, device_id = add_device(connection)

    with listening(broker, name, device_id) as neighbour:
        device.say(message(record(distance_mm=13)))
        ack = read_ack(neighbour.exchange(numbered(0, 1)))

    assert ack.next_seq == 1
    ((_, _, reason),) = wait_for_rows(connection, READ_REJECTED, 1)
    assert reason.startswith("refused by the database")


def test_what_is_said_while_the_gateway_is_away_is_stored_when_it_is_back(
    connection, device, gateway_process
):
    gateway_process.stop()
    device.say(numbered(0, 5))

    gateway_process.start()

    assert read_ack(bytes(device.hear().payload)).next_seq == 5
    assert count_readings(connection, device) == 5


def test_a_database_that_comes_back_gets_everything_once(connection, database, device):
    device.exchange(numbered(0, 1))
    with psycopg.connect(database) as conn:
        conn.execute("LOCK TABLE device_journal IN ACCESS EXCLUSIVE MODE")
        device.say(numbered(1, 2))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE '%gateway'"
        )

    assert read_ack(bytes(device.hear().payload)).next_seq == 3
    assert count_readings(connection, device) == 3


def test_no_ack_is_sent_before_the_commit(connection, database, device):
    with psycopg.connect(database) as conn:
        conn.execute("LOCK TABLE reading IN SHARE MODE")  # inserts wait, reads do not
        device.say(numbered(0, 2))
        time.sleep(0.5)
        assert device.heard.empty()

    assert read_ack(bytes(device.hear().payload)).next_seq == 2


def test_sigterm_ends_it_cleanly(gateway_process):
    process = gateway_process.process
    process.send_signal(SIGTERM)

    assert process.wait(PATIENCE_S) == 0
