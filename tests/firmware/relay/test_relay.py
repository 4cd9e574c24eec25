"""Bins behind a relay: real firmware on both sides, a real broker behind it."""

from dataclasses import replace

from host.world import Air, World

from backend.embedded.loopback import find_free_port
from tests.firmware.brokers import mosquitto
from tests.firmware.conftest import NOON_S, Device
from tests.firmware.cursor import answering
from tests.firmware.relay.site import NOT_THERE, OTHER_KEY, Site, draw_mac


def test_records_of_a_bin_arrive_once_and_bring_the_time(site, device, broker, gateway):
    site.add(device)
    with site.relay(broker):
        for _ in range(3):
            device.wake_quietly()

    assert gateway.seqs == [0, 1, 2]
    assert gateway.counts == [1, 1, 1]
    assert [row["flags"] & 1 for row in gateway.records.values()] == [1, 0, 0]


def test_a_relay_that_dies_on_the_way_loses_and_doubles_nothing(
    site, device, broker, gateway
):
    site.add(device)
    with site.relay(broker) as end:
        device.wake_quietly()
        # The gateway has the record, and nobody is left to say so.
        gateway.happens = end
        device.wake()
        device.wake()
    gateway.happens = None
    with site.relay(broker):
        device.wake_quietly()

    assert gateway.seqs == [0, 1, 2, 3]
    assert gateway.counts == [1, 1, 2]


def test_an_ack_that_is_lost_is_told_at_the_next_greeting(
    site, device, broker, gateway
):
    site.add(device)
    with site.relay(broker):
        device.wake_quietly()
        assert device.world.air is not None
        deaf = replace(device.world.air, lost=(2,))  # after welcome and old ack
        device.wake_quietly(air=deaf)
        device.wake_quietly()

    assert gateway.seqs == [0, 1, 2]
    assert gateway.counts == [1, 1, 1]


def test_a_bin_that_moves_between_two_relays_goes_on_where_it_was(
    site, device, broker, gateway, tmp_path
):
    (tmp_path / "other").mkdir()
    other = Site(tmp_path / "other", draw_mac())
    site.add(device)
    with site.relay(broker):
        device.wake_quietly()
        other.take_over(device)
        with other.relay(broker):
            device.wake_quietly()
            site.take_over(device)
            device.wake_quietly()

    assert gateway.seqs == [0, 1, 2]
    assert gateway.counts == [1, 1, 1]


def test_two_bins_have_a_cursor_each(site, device, broker, gateway, tmp_path):
    (tmp_path / "second").mkdir()
    second = Device(tmp_path / "second", World(now_s=NOON_S))
    site.add(device)
    site.add(second, "bin-2")
    with site.relay(broker):
        for _ in range(2):
            device.wake_quietly()
            second.wake_quietly()

    assert sorted(gateway.seqs) == [0, 0, 1, 1]
    assert len(gateway.next_seq) == 2
    topic = "ullage/1/44/bin-2/ack"
    gateway.client.publish(topic, b"", qos=1, retain=True).wait_for_publish(5)


def test_without_a_broker_a_bin_keeps_what_it_has_until_there_is_one(
    site, device, cursor, tmp_path
):
    site.add(device)
    port = find_free_port()
    with site.relay(port, says="ECONNREFUSED"):
        wake = device.wake()
        with mosquitto(tmp_path, port), answering(port, cursor):
            site.wait_until_it_says("connected")
            device.wake_quietly()

    assert "relay: it has no broker now" in wake.console
    assert wake.sleep_ms is not None
    assert wake.sleep_ms > 895_000
    assert cursor.seqs == [0, 1]


def test_a_bin_without_a_relay_in_reach_sleeps(site, device):
    site.add(device)

    wake = device.wake()

    assert NOT_THERE in wake.console
    assert wake.sleep_ms is not None
    assert wake.sleep_ms > 895_000


def test_a_bin_with_another_key_or_address_is_not_heard(site, device, broker, gateway):
    mac = site.add(device, relay_key=OTHER_KEY)
    with site.relay(broker):
        wrong_key = device.wake()
        site.bins.clear()
        site.take_over(device)
        stranger = Air(folder=site.air, mac=draw_mac())
        wrong_address = device.wake(air=stranger)
        right = device.wake()

    assert mac
    assert NOT_THERE in wrong_key.console
    assert NOT_THERE in wrong_address.console
    assert right.console == ""
    assert gateway.seqs == [0, 1, 2]
