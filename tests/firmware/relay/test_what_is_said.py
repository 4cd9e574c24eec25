"""What goes through a relay, what does not, and for whom it may speak."""

import json
import re
import struct
from pathlib import Path
from shutil import copy

import pytest
from binnode.transports import frames
from sim.crowded import fill_journal

from backend.embedded.loopback import find_free_port
from tests.firmware.brokers import MOSQUITTO, run
from tests.firmware.conftest import NOON_S
from tests.firmware.cursor import answering
from tests.firmware.heap import chip_heap_kb
from tests.firmware.relay.site import (
    DESIRED_TOPIC,
    KEY,
    MORE_KB,
    OFFER_TOPIC,
    REPORTED_TOPIC,
    Impostor,
)
from tests.firmware.test_tls import NAMED, certify, closed_broker
from tests.services.waiting import wait_for


def test_what_is_said_unencrypted_or_again_is_not_published(
    site, device, broker, gateway
):
    """As on the chip: the radio hands on what anybody sends under a bin's address."""
    mac = site.add(device)
    key = bytes.fromhex(KEY)
    with site.relay(broker), Impostor(site, mac) as impostor:
        forged = frames.seal(bytes(16), frames.HELLO, bytes(8))
        assert impostor.is_ignored(forged)
        greeting = frames.seal(key, frames.HELLO, bytes(8))
        welcome = impostor.ask(greeting)
        nonce = frames.peek(welcome)[1][: frames.NONCE_BYTES]
        ours, _ = frames.session_keys(key, bytes(8), nonce)
        message = struct.pack("<BBIII", 1, 0, 7, 0, NOON_S) + bytes(13)
        (frame,) = frames.Saying(ours).frames(frames.READINGS, message)
        for said in (frame, frame, frame[:-1] + b"\0", greeting, frame):
            impostor.say(said)
        impostor.wait_for_an_ack()

    assert len(gateway.messages) == 1


def test_a_backlog_comes_newest_first_and_in_frames_of_17(
    site, device, broker, gateway, compiled
):
    """With a full journal; in 3 KB more than by Wi-Fi, which the chip's 56 KB have."""
    full = fill_journal(NOON_S)
    (device.folder / "rtc_memory").write_bytes(full.seal())
    (device.folder / "clock_skew").write_text("0", "ascii")
    site.add(device)
    device.heap_kb = chip_heap_kb(compiled, "air", "espnow") + MORE_KB
    device.firmware_dir = compiled
    with site.relay(broker):
        device.wake_quietly()
        device.wake_quietly()

    assert len(gateway.ahead) == 2
    assert max(gateway.counts) == frames.RECORDS_MAX
    assert len(gateway.records) == full.count + 2


def test_a_wish_in_several_parts_is_heard_and_answered(site, device, broker, gateway):
    heard: list[bytes] = []
    gateway.client.message_callback_add(
        REPORTED_TOPIC, lambda _client, _data, message: heard.append(message.payload)
    )
    gateway.client.subscribe(REPORTED_TOPIC, qos=1)
    settings = {"delta_mm": 7, **{f"unknown_{n}": n for n in range(30)}}
    wish = json.dumps({"v": 1, "revision": 3, "settings": settings})
    assert len(wish) > 2 * frames.PART_BYTES_MAX
    site.add(device)
    gateway.client.publish(DESIRED_TOPIC, wish, qos=1, retain=True).wait_for_publish(5)
    with site.relay(broker):
        device.wake_quietly()
        device.wake_quietly()
        wait_for(lambda: heard and json.loads(heard[-1])["revision"] == 3)

    answer = json.loads(heard[-1])
    assert answer["revision"] == 3
    assert answer["settings"] == {"delta_mm": 7}
    assert len(answer["refused"]) == 30


@pytest.mark.parametrize("can_fetch", [True, False])
def test_an_offer_makes_only_a_bin_fetch_that_has_wi_fi_too(
    site, device, broker, gateway, can_fetch
):
    offer = struct.pack("<BBIIH", 1, 1, 42, 7, 3545)
    site.add(device, networks={"depot": ""} if can_fetch else {})
    gateway.client.publish(OFFER_TOPIC, offer, qos=1, retain=True).wait_for_publish(5)
    with site.relay(broker):
        wake = device.wake()

    assert (wake.sleep_ms == 1) == can_fetch


@pytest.mark.skipif(MOSQUITTO is None, reason="there is no mosquitto")
def test_a_relay_may_speak_for_the_bins_that_are_listed_for_it_and_no_others(
    site, device, cursor, tmp_path
):
    """By the lines of `deploy/mosquitto/acl`, which are a comment there."""
    acl = (Path(__file__).parents[3] / "deploy/mosquitto/acl").read_text("utf-8")
    (tmp_path / "acl").write_text(re.sub(r"(?m)^#(user|topic)", r"\1", acl), "utf-8")
    port, gateways = find_free_port(), find_free_port()
    lines = [
        "user root",
        "per_listener_settings true",
        *(f"listener {gateways} 127.0.0.1", "allow_anonymous true"),
        *(f"listener {port} 127.0.0.1", "allow_anonymous true"),
        f"acl_file {tmp_path}/acl",
    ]
    (tmp_path / "conf").write_text("\n".join(lines), "utf-8")
    with (
        run([str(MOSQUITTO), "-c", str(tmp_path / "conf")], gateways, port),
        answering(gateways, cursor),
    ):
        site.add(device, "bin-2")
        with site.relay(port, user="relay-1"):
            device.wake()
            assert not cursor.records
        site.bins.clear()
        site.take_over(device, "bin-1")
        with site.relay(port, user="relay-1"):
            device.wake_quietly()

    assert cursor.seqs == [0, 1]


def test_a_relay_speaks_to_the_broker_by_mutual_tls(site, device, cursor, tmp_path):
    certificates = certify(tmp_path / "certificates", "relay-1")
    for name, given in (("ca", "ca"), ("relay-1", "client")):
        copy(certificates / f"{name}.der", site.folder / f"{given}.der")
    copy(certificates / "relay-1_key.der", site.folder / "client_key.der")
    with closed_broker(device, certificates, cursor):
        port = json.loads((device.folder / "config.json").read_text())["broker_port"]
        site.add(device)
        with site.relay(port, broker_host=NAMED, tls=True):
            device.wake_quietly()

    assert cursor.seqs == [0]


def test_a_greeting_that_is_said_again_opens_the_same_session(site, device, broker):
    mac = site.add(device)
    key = bytes.fromhex(KEY)
    greeting = frames.seal(key, frames.HELLO, bytes(8))
    with site.relay(broker), Impostor(site, mac) as impostor:
        first, second = impostor.ask(greeting), impostor.ask(greeting)

    assert first == second
