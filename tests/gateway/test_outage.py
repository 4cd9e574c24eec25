"""What comes after an outage: the newest ahead of its turn, the oldest thinned."""

import json

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.storing.parcel import Device, Received, wrap
from gateway.storing.sift import Kept, chain_up, settle
from gateway.storing.store import Arrival, Memory, Stored, store_batch
from gateway.wire.binary import decode_binary
from tests.services.wire import NOON, NOON_S, message, numbered, record, topic

SEQS = "SELECT seq FROM reading ORDER BY seq"
JOURNAL = "SELECT next_seq, ahead_seq FROM device_journal"
LATEST = "SELECT measured_at, distance_mm FROM device_latest"
GAPS = "SELECT from_seq, to_seq FROM reading_gap ORDER BY from_seq"
DEVICE = Device("bin-1", 5, "test")


def store(conn: psycopg.Connection, name: str, *payloads: bytes) -> Stored:
    arrivals = [Arrival(topic=topic(name), payload=each) for each in payloads]
    return store_batch(conn, arrivals, Memory())


def seqs(conn: psycopg.Connection) -> list[int]:
    return [seq for (seq,) in conn.execute(SEQS)]


def acked(stored: Stored) -> list[int]:
    return [ack.next_seq for ack in stored.acks]


def places(kept: list[Kept]) -> list[int]:
    return [
        each.parcel.first_seq + (index << each.parcel.stride)
        for each in kept
        for index in range(each.skip, each.parcel.count)
    ]


def test_what_comes_ahead_is_stored_and_moves_no_cursor(at_noon, bin_1):
    name, _ = bin_1
    store(at_noon, name, numbered(0, 2))

    stored = store(at_noon, name, message(record(), first_seq=9, is_ahead=True))

    assert seqs(at_noon) == [0, 1, 9]
    assert acked(stored) == [2]
    assert at_noon.execute(JOURNAL).fetchall() == [(2, 10)]
    assert at_noon.execute(GAPS).fetchall() == []


def test_what_comes_ahead_is_the_latest_state_at_once(at_noon, bin_1):
    name, _ = bin_1
    old = record(measured_s=NOON_S - 7200, distance_mm=300)
    store(at_noon, name, message(old))

    store(at_noon, name, message(record(), first_seq=9, is_ahead=True))
    store(at_noon, name, message(old, first_seq=1))

    assert at_noon.execute(LATEST).fetchall() == [(NOON, 800)]


def test_the_backlog_after_it_doubles_nothing(at_noon, bin_1):
    name, _ = bin_1
    store(at_noon, name, numbered(0, 2))
    store(at_noon, name, numbered(8, 2, is_ahead=True))
    store(at_noon, name, numbered(8, 2, is_ahead=True))

    first = store(at_noon, name, numbered(2, 4))
    rest = store(at_noon, name, numbered(6, 6))
    more = store(at_noon, name, numbered(12, 1))

    assert seqs(at_noon) == list(range(13))
    assert [acked(each) for each in (first, rest, more)] == [[6], [12], [13]]
    assert [(each.rows, each.repeated) for each in (first, rest, more)] == [
        (4, 0),
        (4, 2),
        (1, 0),
    ]
    assert at_noon.execute(JOURNAL).fetchall() == [(13, None)]


def test_all_of_it_in_one_batch_doubles_nothing(at_noon, bin_1):
    name, _ = bin_1

    stored = store(
        at_noon, name, numbered(6, 2, is_ahead=True), numbered(0, 7), numbered(7, 2)
    )

    assert seqs(at_noon) == list(range(9))
    assert acked(stored) == [9]


def test_a_new_journal_may_begin_with_what_comes_ahead(at_noon, bin_1):
    name, _ = bin_1

    stored = store(at_noon, name, message(record(), first_seq=300, is_ahead=True))

    assert acked(stored) == [0]
    assert seqs(at_noon) == [300]


def test_an_impossible_record_that_comes_ahead_is_kept_when_its_turn_comes(
    at_noon, bin_1
):
    name, _ = bin_1
    both = record(), record(tilt_deg=200)

    ahead = store(at_noon, name, message(*both, first_seq=3, is_ahead=True))
    store(at_noon, name, numbered(0, 3))
    store(at_noon, name, message(*both, first_seq=3))

    assert ahead.reasons == ()
    assert seqs(at_noon) == [0, 1, 2, 3]
    kept = at_noon.execute("SELECT count(*) FROM rejected_message").fetchone()
    assert kept == (1,)


def test_what_was_thinned_is_written_down_as_holes(at_noon, bin_1):
    name, _ = bin_1
    store(at_noon, name, numbered(0, 2))

    stored = store(at_noon, name, numbered(2, 3, stride=2), numbered(14, 2))

    assert seqs(at_noon) == [0, 1, 2, 6, 10, 14, 15]
    assert at_noon.execute(GAPS).fetchall() == [(3, 6), (7, 10), (11, 14)]
    assert acked(stored) == [16]


def test_a_thinned_message_sent_twice_is_stored_once(at_noon, bin_1):
    name, _ = bin_1
    text = numbered(4, 3, stride=1, is_oldest=True)

    stored = [store(at_noon, name, text), store(at_noon, name, text, text)]

    assert seqs(at_noon) == [4, 6, 8]
    assert [acked(each) for each in stored] == [[10], [10]]
    assert at_noon.execute(GAPS).fetchall() == [(0, 4), (5, 6), (7, 8), (9, 10)]


def test_a_thinned_message_beyond_a_hole_is_refused(at_noon, bin_1):
    name, _ = bin_1

    stored = store(at_noon, name, numbered(4, 3, stride=1))

    assert seqs(at_noon) == []
    assert acked(stored) == [0]


@pytest.mark.parametrize("flag", [{"ahead": True}, {"stride": 3}])
def test_json_can_say_it_too(at_noon, bin_1, flag):
    name, _ = bin_1
    records = [{"measured_at": NOON.isoformat(), "distance_mm": 640}]
    text = {"v": 2, "epoch": 7, "seq": 0, "records": records} | flag

    stored = store(at_noon, name, json.dumps(text).encode())

    assert acked(stored) == [0 if "ahead" in flag else 8]
    assert seqs(at_noon) == [0]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.integers(1, 9),
            st.sampled_from(["", "", "oldest", "ahead", "stride", "both"]),
        ),
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_whatever_comes_in_whatever_batches_no_place_is_empty_or_doubled(said, size):
    cursor = ahead_seq = 0
    there: set[int] = set()
    lost: set[int] = set()
    texts = [
        numbered(
            first_seq,
            count,
            is_oldest=kind in ("oldest", "both"),
            is_ahead=kind == "ahead",
            stride=2 if kind in ("stride", "both") else 0,
        )
        for first_seq, count, kind in said
    ]
    for start in range(0, len(texts), size):
        batch = [Received("", each, NOON_S) for each in texts[start : start + size]]
        parcels = [wrap(decode_binary(b.payload, NOON), DEVICE, b) for b in batch]
        for chain in chain_up(parcels).values():
            settled = settle(chain, cursor, ahead_seq)
            copied = [each for each in settled.kept if not each.is_doubtful]
            asked = [each for each in settled.kept if each.is_doubtful]
            for place in places(copied):
                # The database would refuse the whole batch.
                assert place not in there
                there.add(place)
            there.update(places(asked))
            for gap in settled.gaps:
                lost.update(range(gap.from_seq, gap.to_seq))
            cursor, ahead_seq = settled.next_seq, settled.ahead_seq
            if ahead_seq <= cursor:
                ahead_seq = 0
    assert set(range(cursor)) <= there | lost
