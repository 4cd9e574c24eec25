"""Where a bin gets the time from, and what it does without."""

import struct

from binnode.memory.journal import Journal

from tests.firmware.conftest import ACK_TOPIC
from tests.firmware.cursor import answering

SESSION_S = 3  # into a wake: after measuring, looking around and joining
CLOCK_UNSET = 1


def kept_in(device):
    kept = Journal(1)
    assert kept.unseal((device.folder / "rtc_memory").read_bytes())
    return kept


def last(gateway):
    return gateway.records[next(reversed(gateway.records))]


def test_a_live_ack_sets_the_clock(device, gateway):
    gateway.server_s = device.world.now_s + 900 + SESSION_S
    device.wake_quietly()
    device.wake_quietly(distance_mm=500)

    # The gateway says when the wake began; the bin has measured and joined since.
    assert abs(last(gateway)["measured_s"] - device.world.now_s) <= 5
    assert not last(gateway)["flags"] & CLOCK_UNSET


def test_a_retained_ack_does_not_set_the_clock(device, broker, cursor):
    device.provision(broker_port=broker, report_every=1)
    cursor.is_silent = True
    with answering(broker, cursor) as client:
        device.wake_quietly()
        ((epoch, _),) = cursor.records
        client.publish(ACK_TOPIC, cursor.ack(epoch), qos=1, retain=True)
        device.wake_quietly()
        device.wake_quietly()
        client.publish(ACK_TOPIC, b"", qos=1, retain=True).wait_for_publish(5)

    assert kept_in(device).first_seq == 1  # it did learn the cursor
    assert last(cursor)["flags"] & CLOCK_UNSET


def test_an_ack_of_another_epoch_is_ignored(device, broker, cursor):
    device.provision(broker_port=broker, report_every=1)
    cursor.is_silent = True
    with answering(broker, cursor) as client:
        foreign = struct.pack("<BBIII", 1, 0, 4711, 1, cursor.server_s)
        client.publish(ACK_TOPIC, foreign, qos=1, retain=True)
        device.wake_quietly()
        device.wake_quietly()
        client.publish(ACK_TOPIC, b"", qos=1, retain=True).wait_for_publish(5)

    assert kept_in(device).first_seq == 0


def test_records_taken_before_the_time_was_known_get_their_true_time(device, gateway):
    reachable = (device.folder / "config.json").read_text("utf-8")
    device.provision(broker_port=1)
    started_s = device.world.now_s
    for _ in range(8):
        device.wake()
    (device.folder / "config.json").write_text(reachable, "utf-8")
    gateway.server_s = device.world.now_s + 900 + SESSION_S
    device.wake_quietly()

    true_s = [row["true_s"] for row in gateway.records.values()]
    assert len(true_s) == 9
    wanted_s = [started_s + 900 * n for n in range(1, 10)]
    off_s = [abs(a - b) for a, b in zip(true_s, wanted_s, strict=True)]
    assert max(off_s) <= 2


def test_a_right_clock_after_power_on_is_not_believed(device, gateway):
    device.wake_quietly(is_clock_right=True)

    assert last(gateway)["flags"] & CLOCK_UNSET
