"""What can go wrong between two sleeps, and what must not be lost by it."""

import json
import os
import struct

import psutil
import pytest
from binnode.memory.journal import Journal
from binnode.payload import Record

from tests.firmware import peers
from tests.firmware.cursor import Cursor, answering

DOUBTFUL_MM = (1000, 2000, 700, 1500, 3000, 400, 2500) * 5


def epochs(gateway):
    return {epoch for epoch, _ in gateway.records}


def fill_journal(device, *, until):
    """Let it measure, without the time that many wakes take."""
    kept = Journal(1)
    assert kept.unseal((device.folder / "rtc_memory").read_bytes())
    for seq in range(kept.next_seq, until):
        at_s = device.world.now_s - 900 * (until - seq)
        kept.append(Record(at_s, 900, 3700, 150, 0, 9, 0))
    kept.reserved_seq = until
    (device.folder / "rtc_memory").write_bytes(kept.seal())


def test_after_a_long_outage_the_newest_comes_first_then_all_that_is_left(
    device, gateway
):
    gateway.server_s = device.world.now_s + 900
    device.wake_quietly()
    fill_journal(device, until=900)
    device.wake_quietly(distance_mm=300)

    assert gateway.ahead == [(897, 4)]
    assert next(iter(gateway.messages[1:]))[2] == 1
    found = sorted(gateway.seqs)
    assert found[:3] == [0, 1, 33]  # one in 8 hours
    assert found[-193:] == list(range(901 - 193, 901))
    lost = [seq for begin, end in gateway.gaps for seq in range(begin, end)]
    assert sorted(found + lost) == list(range(901))
    assert max(gateway.counts) <= 60
    assert len(epochs(gateway)) == 1


def test_a_gateway_of_version_1_gets_nothing_that_it_would_misread(device, gateway):
    gateway.understands = 0
    gateway.server_s = device.world.now_s + 900
    device.wake_quietly()
    fill_journal(device, until=320)
    for _ in range(4):
        device.wake_quietly(distance_mm=1500)
        device.wake_quietly(distance_mm=500)

    assert not gateway.ahead
    found = sorted(gateway.seqs)
    assert found[-192:] == list(range(found[-1] - 191, found[-1] + 1))
    lost = [seq for begin, end in gateway.gaps for seq in range(begin, end)]
    assert sorted(found + lost) == list(range(found[-1] + 1))


def test_without_the_time_nothing_goes_ahead(device, broker, cursor):
    device.provision(broker_port=1)
    device.wake()
    fill_journal(device, until=150)
    device.provision(broker_port=broker, report_every=1)
    with answering(broker, cursor):
        device.wake_quietly()

    assert not cursor.ahead
    assert len(cursor.seqs) == 151


@pytest.mark.parametrize(
    "behave",
    [
        peers.say_nothing,
        peers.hang_up,
        peers.drip,
        peers.refuse,
        peers.talk_nonsense,
    ],
)
def test_a_misbehaving_peer_cannot_keep_a_bin_awake(device, behave):
    with peers.peer(behave) as port:
        device.provision(broker_port=port)
        wake = device.wake()

    assert wake.status == 0
    assert wake.sleep_ms is not None


def test_a_refused_password_is_said_on_the_console(device):
    with peers.peer(peers.refuse) as port:
        device.provision(broker_port=port, user="bin-1", password="wrong")
        wake = device.wake()

    assert "connection refused" in wake.console


def test_without_wifi_it_sleeps_and_reports_later(device, gateway, broker):
    device.provision(broker_port=broker, report_every=1)
    wake = device.wake(networks={})
    device.wake_quietly()

    assert wake.console == "wifi: not let in by any of depot\n"
    assert gateway.seqs == [0, 1]


def test_when_the_ack_is_lost_the_same_records_are_sent_again(device, gateway):
    gateway.is_silent = True
    device.wake_quietly()
    first = dict(gateway.records)
    gateway.next_seq.clear()
    gateway.is_silent = False
    device.wake_quietly(distance_mm=400)

    assert [seq for _, _, seq, _ in gateway.messages] == [0, 1, 0]
    assert gateway.seqs == [0, 1]
    (place,) = first
    assert gateway.records[place]["distance_mm"] == first[place]["distance_mm"]


def test_a_wake_cut_off_in_mid_session_gives_no_number_out_twice(
    device, gateway, monkeypatch
):
    def take_and_bite(raw):
        (bin_1,) = (
            each for each in psutil.Process().children() if "micro" in each.name()
        )
        bin_1.kill()
        return Cursor.take(gateway, raw)

    device.wake_quietly()
    with monkeypatch.context() as patch:
        patch.setattr(gateway, "is_silent", True)
        patch.setattr(gateway, "take", take_and_bite)
        wake = device.wake(distance_mm=300)
    device.wake_quietly(distance_mm=2000)

    assert wake.sleep_ms is None  # the watchdog bit while it waited for the ack
    assert gateway.seqs == [0, 1, 2]
    distances_mm = [row["distance_mm"] for row in gateway.records.values()]
    assert [round(mm, -2) for mm in distances_mm] == [1000, 300, 2000]


@pytest.mark.parametrize("memory", [b"", b"\x13" * 7, os.urandom(2048)])
def test_lost_memory_goes_on_behind_all_numbers_of_the_block(device, gateway, memory):
    device.wake_quietly()
    (device.folder / "rtc_memory").write_bytes(memory)
    device.wake_quietly(is_power_on=True)

    assert len(epochs(gateway)) == 1
    assert gateway.seqs == [0, 257]
    assert gateway.gaps == [(1, 257)]


def test_lost_memory_and_lost_flash_begin_a_new_epoch(device, gateway):
    device.wake_quietly()
    (device.folder / "rtc_memory").write_bytes(b"")
    (device.folder / "nvs.json").unlink()
    device.wake_quietly()

    assert len(epochs(gateway)) == 2
    assert gateway.seqs == [0, 0]


def test_flash_is_written_once_a_block_and_not_by_every_measurement(device, gateway):
    def numbers():
        kept = json.loads((device.folder / "nvs.json").read_text("utf-8"))
        return struct.unpack("<II", bytes.fromhex(kept["binnode"]["numbers"]))[1]

    for _ in range(5):
        device.wake_quietly()
        assert numbers() == 257

    fill_journal(device, until=257)
    device.wake_quietly()
    assert numbers() == 258 + 256


def test_records_that_wait_for_a_gateway_at_the_broker_are_not_sent_again(
    device, gateway
):
    device.wake_quietly()
    gateway.is_silent = True
    for distance_mm in (400, 800):
        device.wake_quietly(distance_mm=distance_mm)
    gateway.is_silent = False
    device.wake_quietly(distance_mm=400)

    assert gateway.seqs == [0, 1, 2, 3]
    assert sum(gateway.counts) == 4


def test_whatever_dawdles_a_wake_has_done_after_15_s(device):
    """A sensor to be doubted, a place to look for, a broker that all but gives up."""
    with peers.peer(peers.dawdle) as port:
        device.provision(broker_port=port)
        wake = device.wake(pings_mm=DOUBTFUL_MM)

    assert wake.sleep_ms > 885_000
    assert wake.sleep_ms < 888_000  # it did take its time


def test_after_three_reports_in_vain_a_bin_tries_four_times_as_seldom(device, gateway):
    tried = []
    for wake in range(34):
        done = device.wake(networks={}, distance_mm=400 if wake % 2 else 800)
        if done.console:
            tried.append(wake)
    for _ in range(34, 50):
        device.wake_quietly()

    assert tried == [0, 1, 2, 16, 32]
    assert gateway.seqs == list(range(49))  # by wake 48; 49 had no reason to report


def test_an_alarm_does_not_wait_for_a_gateway_that_was_away(device, gateway):
    for distance_mm in (800, 400, 800, 400):
        device.wake(networks={}, distance_mm=distance_mm)
    device.wake_quietly(tilt_deg=90)

    assert gateway.seqs == [0, 1, 2, 3, 4]


def test_a_hole_is_asked_for_with_one_record(device, gateway):
    device.wake_quietly()
    ((epoch, _),) = gateway.records
    gateway.is_silent = True
    for distance_mm in (400, 800):
        device.wake_quietly(distance_mm=distance_mm)
    gateway.next_seq[epoch] = 1
    gateway.is_silent = False
    device.wake_quietly(distance_mm=400)

    assert gateway.counts[-2:] == [1, 3]
    assert gateway.seqs == [0, 1, 2, 3]


def test_a_write_that_tears_costs_no_record(device, gateway):
    device.wake_quietly()
    memory = bytearray((device.folder / "rtc_memory").read_bytes())
    memory[1024:] = bytes(1024)
    torn = bytes(memory)
    (device.folder / "rtc_memory").write_bytes(torn)
    device.wake_quietly(distance_mm=400)

    assert len(epochs(gateway)) == 1
    assert gateway.seqs == [0, 1]


def test_an_epoch_that_was_used_before_is_left(device, gateway):
    gateway.is_silent = True
    device.wake_quietly()
    ((used, _),) = gateway.records
    gateway.next_seq[used] = 50
    gateway.records.clear()
    gateway.is_silent = False
    device.wake_quietly(distance_mm=400)

    assert used not in epochs(gateway)
    assert gateway.seqs == [0, 1]


def test_a_database_restored_from_a_backup_gets_what_the_bin_still_has(device, gateway):
    for _ in range(5):
        device.wake_quietly()
    ((epoch, _), *_) = gateway.records
    gateway.next_seq[epoch] = 2
    gateway.records = {(epoch, seq): {} for seq in range(2)}
    device.wake_quietly(distance_mm=400)

    assert gateway.seqs == [0, 1, 5]
    assert gateway.gaps == [(2, 5)]
