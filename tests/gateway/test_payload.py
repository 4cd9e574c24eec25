"""What is refused, whole or in part, and why."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import PayloadError
from gateway.wire.message import Impossible, Message, Record
from gateway.wire.payload import decode
from tests.services.wire import NOON, NOON_S, message, record

RECEIVED_AT = NOON + timedelta(seconds=5)


def only_record(payload: bytes) -> Record:
    (entry,) = decode(payload, RECEIVED_AT).records
    assert isinstance(entry, Record)
    return entry


def only_fault(payload: bytes) -> Impossible:
    (entry,) = decode(payload, RECEIVED_AT).records
    assert isinstance(entry, Impossible)
    return entry


def as_json(**members: object) -> bytes:
    return json.dumps({"v": 1, "epoch": 7, "seq": 0} | members).encode()


def one_record(**members: object) -> bytes:
    place = {name: members.pop(name) for name in ("epoch", "seq") if name in members}
    return as_json(records=[{"measured_at": NOON.isoformat()} | members], **place)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "empty"),
        (b"\x03", "first byte 03"),
        (b"\x01", "1 bytes are not 14"),
        (message(), "records: 0 of them"),
        (message(record()) + b"\0", "28 bytes are not 14"),
        (message(*[record()] * 513), "records: 513 of them"),
        (message(record(), epoch=0), "epoch: 0 is not in 1..4294967295"),
        (message(record(), first_seq=2**32 - 1), "seq: 4294967295 is not in"),
        (b"{" + b" " * 8192, "more than the limit, 8192"),
        (b"{", "not JSON"),
        (b"{\xff}", "not JSON"),
        (b'{"v":1,"records":' + b"[" * 8000, "nested too deeply"),
        (b"\x01\x10" + message(record())[2:], "only in a message of version 2"),
        (b"\x01\x02" + message(record())[2:], "only in a message of version 2"),
        (b"\x02\x08" + message(record())[2:], "0x08 has no meaning yet"),
        (message(record(), is_ahead=True, stride=1), "ahead: not with a stride"),
        (message(record(flags=1), is_ahead=True), "ahead: not with clock_unset"),
        (message(record(), first_seq=2**32 - 2, stride=1), "seq: 4294967294 is not"),
        (b"{}", "v: 1 or 2 is expected, not None"),
        (as_json(v=3), "v: 1 or 2 is expected, not 3"),
        (as_json(ahead=True), "only in a message of version 2"),
        (as_json(v=2, stride=16), "stride: 16 is not in 0..15"),
        (
            as_json(v=2, ahead=True, seq=None, epoch=None, records=[{}]),
            "ahead, stride: only with epoch and seq",
        ),
        (as_json(v=True), "v: a number is expected, not True"),
        (as_json(), "records: a list is expected, not None"),
        (as_json(records=[]), "records: 0 of them"),
        (as_json(epoch=None, records=[{}]), "epoch: missing"),
        (as_json(seq=None, records=[{}]), "seq: missing"),
        (as_json(seq=-1, records=[{}]), "seq: -1 is not in"),
        (as_json(epoch="7", records=[{}]), "epoch: a number is expected, not '7'"),
        (as_json(oldest=1, records=[{}]), "oldest: true or false is expected, not 1"),
        (as_json(sent_at="now", records=[{}]), "sent_at: a time like"),
    ],
)
def test_a_message_that_cannot_be_used_says_what_is_wrong(payload, reason):
    with pytest.raises(PayloadError, match=r".") as error:
        decode(payload, RECEIVED_AT)

    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (message(record(distance_mm=20_001)), "distance_mm: 20001 is not in 0..20000"),
        (message(record(battery_mv=20_001)), "battery_mv: 20001 is not in 0..20000"),
        (message(record(temperature_dc=1501)), "temperature_c: 150.1 is not in"),
        (message(record(temperature_dc=-601)), "temperature_c: -60.1 is not in"),
        (message(record(tilt_deg=181)), "tilt_deg: 181 is not in 0..180"),
        (message(record(measured_s=1_577_836_799)), "is before 2020"),
        (message(record(measured_s=NOON_S + 3606)), "more than an hour after"),
        (as_json(records=[3]), "records[0].record: an object is expected, not 3"),
        (as_json(records=[{}]), "records[0].measured_at: missing"),
        (one_record(measured_at="2026-11-22"), "measured_at: a time like"),
        (one_record(measured_at="0001-01-01T00:00:00+23:00"), "measured_at: a time"),
        (one_record(distance_mm=1.5), "distance_mm: a whole number is expected"),
        (one_record(distance_mm=True), "distance_mm: a number is expected, not True"),
        (one_record(temperature_c="warm"), "temperature_c: a number is expected"),
        (one_record(temperature_c=1e999), "temperature_c: inf"),
        (one_record(flags=256), "flags: 256 is not in 0..255"),
        (one_record(flags=1), "sent_at: missing, and the flag clock_unset needs it"),
        (one_record(flags=1, epoch=None, seq=None), "clock_unset needs epoch and seq"),
    ],
)
def test_an_impossible_record_says_what_is_wrong(payload, reason):
    if b"Infinity" in payload:
        payload = payload.replace(b"Infinity", b"1e999")

    assert reason in only_fault(payload).reason


@pytest.mark.parametrize(
    "entry",
    [
        record(distance_mm=20_000),
        record(battery_mv=20_000),
        record(temperature_dc=1500),
        record(temperature_dc=-600),
        record(tilt_deg=180),
        record(measured_s=1_577_836_800),
        record(measured_s=NOON_S + 3605),
    ],
)
def test_a_record_at_a_limit_is_believed(entry):
    assert isinstance(only_record(message(entry)), Record)


def test_what_was_not_measured_is_nothing():
    entry = record(distance_mm=0, battery_mv=0, temperature_dc=-32768, tilt_deg=255)

    reading = only_record(message(entry))

    assert reading.distance_mm is None
    assert reading.battery_mv is None
    assert reading.temperature_c is None
    assert reading.tilt_deg is None


def test_a_distance_with_the_flag_no_echo_is_nothing():
    assert only_record(message(record(distance_mm=812, flags=2))).distance_mm is None


def test_a_record_of_an_unset_clock_is_dated_by_its_receipt():
    entry = record(measured_s=100, flags=1)

    reading = only_record(message(entry, sent_s=160))

    assert reading.measured_at == RECEIVED_AT - timedelta(seconds=60)


def test_good_records_keep_their_place_beside_an_impossible_one():
    payload = message(record(), record(tilt_deg=200), record(), first_seq=40)

    entries = decode(payload, RECEIVED_AT).records

    assert [getattr(each, "seq", None) for each in entries] == [40, None, 42]


def test_an_impossible_record_is_kept_as_a_message_of_its_own():
    bad = record(tilt_deg=200)
    payload = message(record(), bad, first_seq=40, sent_s=NOON_S + 9)

    _, fault = decode(payload, RECEIVED_AT).records

    assert isinstance(fault, Impossible)
    assert fault.payload == message(bad, first_seq=41, sent_s=NOON_S + 9)


def test_an_impossible_record_of_json_is_kept_as_a_message_of_its_own():
    bad = {"measured_at": NOON.isoformat(), "tilt_deg": 200}
    good = bad | {"tilt_deg": 3}
    payload = as_json(records=[good, bad], sent_at=NOON.isoformat())

    _, fault = decode(payload, RECEIVED_AT).records

    assert isinstance(fault, Impossible)
    assert json.loads(fault.payload) == json.loads(
        as_json(records=[bad], sent_at=NOON.isoformat(), seq=1)
    )


def test_an_impossible_record_without_a_number_is_kept_without_one():
    text = {"v": 1, "device": "bin-1", "records": [{"distance_mm": 5}]}

    fault = only_fault(json.dumps(text).encode())

    assert json.loads(fault.payload) == text


def test_members_that_nobody_knows_are_ignored():
    assert only_record(one_record(colour="green")).measured_at == NOON


def test_a_whole_number_may_be_written_as_javascript_writes_it():
    assert only_record(one_record(distance_mm=812.0)).distance_mm == 812


def test_times_with_an_offset_become_utc():
    reading = only_record(one_record(measured_at="2026-01-05T14:00:00+02:00"))

    assert reading.measured_at == datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_the_largest_message_is_understood():
    largest: Message = decode(message(*[record()] * 512), RECEIVED_AT)

    assert len(largest.records) == 512
