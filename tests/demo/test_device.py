"""Simulated devices keep the wire contract."""

from datetime import UTC, datetime, timedelta

from backend.demo.device import RESEND_S, Device
from backend.demo.wire import HEADER, RECORD, Ack, Record, decode_ack, encode, topic
from gateway.wire.payload import decode
from tests.services.wire import topic as expected_topic

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(minutes: int = 0) -> Record:
    return Record(
        measured_at=NOON + timedelta(minutes=minutes),
        distance_mm=812,
        battery_mv=3610,
        temperature_c=4.5,
        tilt_deg=2,
        echo_count=9,
    )


def test_the_gateway_understands_what_a_simulated_device_says():
    payload = encode([record(), record(15)], epoch=7, first_seq=3, sent_at=NOON)

    message = decode(payload, received_at=NOON)

    assert (message.epoch, message.first_seq) == (7, 3)
    assert [getattr(each, "distance_mm", None) for each in message.records] == [812] * 2


def test_a_device_speaks_on_the_topic_of_its_partition():
    assert topic("hel-007", "readings") == expected_topic("hel-007", "readings")


def test_a_device_forgets_only_what_is_acknowledged():
    device = Device(device="hel-001", epoch=7)
    for minutes in range(3):
        device.note(record(minutes))
    device.speak(now=NOON, clock_s=0.0)

    device.hear(Ack(epoch=7, next_seq=2))

    assert (device.next_seq, len(device.pending)) == (2, 1)


def test_an_ack_of_another_journal_means_nothing():
    device = Device(device="hel-001", epoch=7)
    device.note(record())

    device.hear(Ack(epoch=8, next_seq=1))

    assert len(device.pending) == 1


def test_a_message_without_an_answer_is_sent_again():
    device = Device(device="hel-001", epoch=7)
    device.note(record())

    assert device.speak(now=NOON, clock_s=0.0) is not None
    assert device.speak(now=NOON, clock_s=RESEND_S / 2) is None
    assert device.speak(now=NOON, clock_s=RESEND_S + 1) is not None


def test_a_long_past_is_told_in_several_messages():
    device = Device(device="hel-001", epoch=7)
    for minutes in range(500):
        device.note(record(minutes))

    first = device.speak(now=NOON, clock_s=0.0)
    assert first is not None
    sent = (len(first) - HEADER.size) // RECORD.size
    device.hear(decode_ack(HEADER.pack(1, 0, 7, sent, 0)))

    assert 0 < sent < 500
    assert device.speak(now=NOON, clock_s=0.1) is not None
