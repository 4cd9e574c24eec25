"""What came by HTTP, or is tried again: stored as if it had come by the broker."""

import json
from collections.abc import Sequence
from functools import partial

import psycopg
import pytest

from backend.inbox import replay, wait_for
from backend.store.inbox import MessageOutcome, NewMessage, put_messages, take_outcomes
from backend.store.rejected import find_rejected, load_rejected
from gateway.storing.inbox import store_inbox
from gateway.storing.refusal import store_whatever
from gateway.storing.store import Arrival, Memory, store_batch
from tests.services.broker import Broker
from tests.services.devices import add_device
from tests.services.gateway import make_gateway
from tests.services.wire import NOON, message, numbered, record, topic

EVERYONE = range(64)
SEQS = "SELECT seq FROM reading WHERE device_id = %s ORDER BY seq"
CURSOR = "SELECT next_seq FROM device_journal WHERE device_id = %s AND epoch = 7"


def put(
    conn: psycopg.Connection, name: str, payload: bytes, *, partition: int = 0
) -> int:
    (number,) = put_messages(
        conn, [NewMessage(topic=topic(name), payload=payload, partition=partition)]
    )
    return number


def outcomes(conn: psycopg.Connection, numbers: Sequence[int]) -> list[MessageOutcome]:
    store_inbox(conn, EVERYONE, Memory())
    found = take_outcomes(conn, list(numbers))
    return [found[each] for each in numbers]


def seqs(conn: psycopg.Connection, device_id: int) -> list[int]:
    return [seq for (seq,) in conn.execute(SEQS, (device_id,))]


def reject(conn: psycopg.Connection, name: str, payload: bytes) -> None:
    store_batch(conn, [Arrival(topic=topic(name), payload=payload)], Memory())


def test_a_message_is_stored_and_says_what_became_of_it(at_noon, bin_1):
    name, device_id = bin_1
    bad = message(record(), record(tilt_deg=200), first_seq=3)
    numbers = [put(at_noon, name, each) for each in (numbered(0, 3), bad, b"\x07")]

    first, second, third = outcomes(at_noon, numbers)

    assert seqs(at_noon, device_id) == [0, 1, 2, 3]
    assert first == MessageOutcome(stored=3, known=0, epoch=7, next_seq=3)
    assert second == MessageOutcome(
        stored=1,
        known=0,
        rejected=["seq 4: tilt_deg: 200 is not in 0..180"],
        epoch=7,
        next_seq=5,
    )
    assert (third.stored, third.known, len(third.rejected)) == (0, 0, 1)


def test_a_message_put_twice_is_stored_once(at_noon, bin_1):
    name, device_id = bin_1
    numbers = [put(at_noon, name, numbered(0, 3)) for _ in range(2)]

    _, second = outcomes(at_noon, numbers)

    assert second == MessageOutcome(stored=0, known=3, epoch=7, next_seq=3)
    assert seqs(at_noon, device_id) == [0, 1, 2]


def test_a_gateway_takes_what_is_of_its_partitions(at_noon, bin_1):
    name, _ = bin_1
    put(at_noon, name, numbered(0, 1), partition=5)

    assert len(store_inbox(at_noon, {4, 6}, Memory())) == 0
    assert len(store_inbox(at_noon, {5}, Memory())) == 1
    assert len(store_inbox(at_noon, {5}, Memory())) == 0


def test_two_gateways_of_one_partition_share_what_waits(at_noon, bin_1, database):
    name, device_id = bin_1
    put(at_noon, name, numbered(0, 1))

    with psycopg.connect(database) as other, other.transaction():
        assert len(store_inbox(other, EVERYONE, Memory())) == 1
        assert len(store_inbox(at_noon, EVERYONE, Memory())) == 0

    assert seqs(at_noon, device_id) == [0]


def test_a_gateway_that_dies_leaves_the_message_waiting(at_noon, bin_1, database):
    name, device_id = bin_1
    put(at_noon, name, numbered(0, 1))

    dying = psycopg.connect(database)
    dying.execute("SELECT 1")  # so that what follows is not yet committed
    assert len(store_inbox(dying, EVERYONE, Memory())) == 1
    dying.close()
    assert seqs(at_noon, device_id) == []

    assert len(store_inbox(at_noon, EVERYONE, Memory())) == 1
    assert seqs(at_noon, device_id) == [0]


def test_a_value_that_the_database_refuses_costs_its_own_message(at_noon, bin_1):
    at_noon.execute("ALTER TABLE reading ADD CHECK (distance_mm <> 13)")
    name, device_id = bin_1
    bad, good = message(record(distance_mm=13)), numbered(0, 1, epoch=8)
    numbers = [put(at_noon, name, each) for each in (bad, good)]

    first, second = outcomes(at_noon, numbers)

    assert first.rejected[0].startswith("refused by the database")
    assert second.stored == 1
    assert seqs(at_noon, device_id) == [0]


def test_a_stranger_that_became_known_is_stored_when_it_is_tried_again(at_noon):
    reject(at_noon, "bin-later", numbered(0, 3))
    at_noon.execute("INSERT INTO device (device, kind) VALUES ('bin-later', 'test')")

    numbers = replay(at_noon, find_rejected(at_noon))

    assert find_rejected(at_noon) == []
    assert [each.stored for each in outcomes(at_noon, numbers)] == [3]


def test_a_replay_goes_by_its_own_numbers_and_moves_no_cursor(at_noon, bin_1):
    name, device_id = bin_1
    # What was refused is believed today: a limit was raised, a fault mended.
    reject(at_noon, name, message(record(), record(tilt_deg=200), record()))
    at_noon.execute(
        "UPDATE rejected_message SET payload = %s", (message(record(), first_seq=1),)
    )

    numbers = replay(at_noon, find_rejected(at_noon))

    assert outcomes(at_noon, numbers) == [MessageOutcome(stored=1, known=0)]
    assert seqs(at_noon, device_id) == [0, 1, 2]
    assert at_noon.execute(CURSOR, (device_id,)).fetchall() == [(3,)]


def test_a_device_that_sends_what_was_replayed_is_told_that_it_is_safe(at_noon):
    reject(at_noon, "bin-later", numbered(0, 3))
    name = "bin-later"
    at_noon.execute("INSERT INTO device (device, kind) VALUES (%s, 'test')", (name,))
    numbers = replay(at_noon, find_rejected(at_noon))
    outcomes(at_noon, numbers)

    again = store_whatever(at_noon, [Arrival(topic(name), numbered(0, 4))], Memory())

    assert (again.rows, again.repeated) == (1, 3)
    assert [each.next_seq for each in again.acks] == [4]


def test_a_replay_is_no_sign_of_life(at_noon, bin_1):
    name, _ = bin_1
    store_batch(at_noon, [Arrival(topic(name), numbered(0, 1))], Memory())
    at_noon.execute("UPDATE device_journal SET heard_at = '2026-01-01'")
    reject(at_noon, "bin-away", numbered(0, 1))
    at_noon.execute("UPDATE rejected_message SET topic = %s", (topic(name),))

    outcomes(at_noon, replay(at_noon, find_rejected(at_noon)))

    rows = at_noon.execute("SELECT heard_at::date::text FROM device_journal").fetchall()
    assert rows == [("2026-01-01",)]


def test_a_record_of_an_unset_clock_is_not_stored_at_two_times(at_noon):
    name = "bin-later"
    text = message(record(measured_s=100, flags=1), sent_s=160)
    store_batch(
        at_noon, [Arrival(topic=topic(name), payload=text, waited_s=3600)], Memory()
    )
    at_noon.execute("INSERT INTO device (device, kind) VALUES (%s, 'test')", (name,))

    numbers = replay(at_noon, find_rejected(at_noon))
    (early,) = outcomes(at_noon, numbers)
    store_batch(at_noon, [Arrival(topic=topic(name), payload=text)], Memory())
    numbers = replay(at_noon, find_rejected(at_noon))
    (late,) = outcomes(at_noon, numbers)

    reason = "seq 0: of an unset clock; its device sends it again"
    assert early.rejected == late.rejected == [reason]
    assert at_noon.execute("SELECT count(*) FROM reading").fetchone() == (1,)


@pytest.mark.parametrize("payload", [b"\x07", message(record(tilt_deg=200))])
def test_what_is_rejected_again_comes_back_with_the_number_of_tries(
    at_noon, bin_1, payload
):
    name, _ = bin_1
    reject(at_noon, name, payload)
    (before,) = load_rejected(at_noon)

    for _ in range(2):
        numbers = replay(at_noon, find_rejected(at_noon))
        assert [len(each.rejected) for each in outcomes(at_noon, numbers)] == [1]

    (after,) = load_rejected(at_noon)
    assert (before.tries, after.tries) == (1, 3)
    assert (after.topic, after.payload) == (before.topic, before.payload)
    assert (after.received_at, after.reason) == (NOON, before.reason)


def test_a_rejected_record_of_json_is_tried_again_with_its_device(at_noon, bin_1):
    name, device_id = bin_1
    good = {"measured_at": NOON.isoformat(), "distance_mm": 640}
    text = {"v": 1, "device": name, "records": [good, good | {"tilt_deg": 200}]}
    payload = json.dumps(text).encode()
    store_batch(
        at_noon, [Arrival(topic="POST /api/v1/readings", payload=payload)], Memory()
    )

    numbers = replay(at_noon, find_rejected(at_noon))

    (outcome,) = outcomes(at_noon, numbers)
    assert outcome.rejected == ["records[0].tilt_deg: 200 is not in 0..180"]
    assert len(seqs(at_noon, device_id)) == 1


def test_what_is_moved_to_be_tried_again_is_never_in_both_places(
    at_noon, bin_1, database
):
    name, _ = bin_1
    reject(at_noon, name, b"\x07")

    with psycopg.connect(database) as dying:
        replay(dying, find_rejected(dying))
        dying.rollback()
    assert len(find_rejected(at_noon)) == 1
    assert len(store_inbox(at_noon, EVERYONE, Memory())) == 0


def test_outcomes_that_nobody_fetched_are_forgotten(at_noon, bin_1):
    name, _ = bin_1
    put(at_noon, name, numbered(0, 1))
    store_inbox(at_noon, EVERYONE, Memory())
    at_noon.execute(
        "UPDATE inbox_message SET received_at = received_at - '2 days'::interval"
    )

    put(at_noon, name, numbered(1, 1))
    store_inbox(at_noon, EVERYONE, Memory())

    assert at_noon.execute("SELECT count(*) FROM inbox_message").fetchone() == (1,)


def test_a_topic_that_no_column_can_hold_is_kept_all_the_same(at_noon):
    stored = store_batch(at_noon, [Arrival(topic="a\0b", payload=b"x")], Memory())

    assert stored.rejected == 1
    assert [each.topic for each in load_rejected(at_noon)] == ["a␀b"]


def test_the_neighbour_of_a_name_is_no_stranger(at_noon):
    name, device_id = add_device(at_noon)
    put(at_noon, name, numbered(0, 1))
    store_inbox(at_noon, EVERYONE, Memory())

    assert seqs(at_noon, device_id) == [0]


def test_what_came_by_http_needs_no_broker(at_noon, bin_1, database, tmp_path):
    name, _ = bin_1
    nowhere = Broker(host="127.0.0.1", port=1, user="nobody", password="")
    number = put(at_noon, name, numbered(0, 1))
    log_path = tmp_path / "gateway.log"
    gateway = make_gateway(database, nowhere, log_path, until="broker away")

    gateway.start()
    try:
        take = partial(take_outcomes, at_noon)
        found = wait_for(take, [number], patience_s=20)
    finally:
        gateway.stop()

    assert [each.stored for each in found.values()] == [1]
