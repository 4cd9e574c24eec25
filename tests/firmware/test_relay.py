"""Bins behind a relay: real firmware on both sides, a real broker behind it."""

import json
import re
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from binnode.transports import frames
from host.relaying import running_relay
from host.world import Air, World

from tests.firmware.brokers import MOSQUITTO, free_port, mosquitto, run
from tests.firmware.conftest import ACK_TOPIC, NOON_S, Device
from tests.firmware.cursor import Cursor, answering
from tests.firmware.heap import chip_heap_kb
from tests.firmware.test_heap import full_journal

KEY = "00112233445566778899aabbccddeeff"
OTHER_KEY = "ff" * 16
START_S = 20
MORE_KB = 3
NOT_THERE = "relay: not in reach, or it does not know this bin"
OFFER_TOPIC = ACK_TOPIC.replace("/ack", "/update")
DESIRED_TOPIC = ACK_TOPIC.replace("/ack", "/desired")
REPORTED_TOPIC = ACK_TOPIC.replace("/ack", "/reported")


def draw_mac() -> str:
    """An address whose last two bytes are a free port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        return f"02000000{ear.getsockname()[1]:04x}"


@dataclass
class Site:
    """A relay's folder, and the air between it and its bins."""

    folder: Path
    relay_mac: str
    bins: list[dict[str, str]] = field(default_factory=list)

    @property
    def air(self) -> Path:
        return self.folder.parent / "air"

    def add(self, device: Device, name: str = "bin-1", **fields: Any) -> str:
        """Provision a bin for this relay, and the relay for it; tell its address."""
        mac = draw_mac()
        device.world = replace(device.world, air=Air(folder=self.air, mac=mac))
        self.take_over(device, name, **fields)
        return mac

    def take_over(self, device: Device, name: str = "bin-1", **fields: Any) -> None:
        """Provision a bin that has an address already."""
        assert device.world.air is not None
        device.provision(
            device=name,
            transport="espnow",
            relay_mac=self.relay_mac,
            **{"relay_key": KEY, "networks": {}, "report_every": 1, **fields},
        )
        self.bins.append({"device": name, "mac": device.world.air.mac, "key": KEY})

    @contextmanager
    def relay(
        self, port: int, *, says: str = "connected", user: str = ""
    ) -> Iterator[Callable[[], None]]:
        """Run the relay until the end of the block, or until what it yields is called.

        It begins when the relay says that it has its broker, or else what is wrong.
        """
        config = {
            "device": self.folder.name,
            "networks": {"depot": ""},
            "broker_host": "127.0.0.1",
            "broker_port": port,
            "user": user,
            "password": user,
            "bins": self.bins,
        }
        (self.folder / "config.json").write_text(json.dumps(config), "utf-8")
        (self.folder / "console").unlink(missing_ok=True)
        air = Air(folder=self.air, mac=self.relay_mac)
        with running_relay(self.folder, air, World(now_s=NOON_S)) as process:
            self.wait_until_it_says(says)
            yield process.kill

    def wait_until_it_says(self, word: str) -> None:
        give_up = time.monotonic() + START_S
        console = self.folder / "console"
        while word not in (console.read_text("utf-8") if console.exists() else ""):
            assert time.monotonic() < give_up, console.read_text("utf-8")
            time.sleep(0.02)


@dataclass
class Eventful(Cursor):
    """A gateway that something happens to when it has stored a message."""

    happens: Callable[[], None] | None = None

    def take(self, raw: bytes) -> bytes:
        ack = super().take(raw)
        if self.happens:
            self.happens()
        return ack


@pytest.fixture
def site(tmp_path) -> Site:
    (tmp_path / "air").mkdir()
    (tmp_path / "relay").mkdir()
    return Site(tmp_path / "relay", draw_mac())


@pytest.fixture
def cursor() -> Eventful:
    return Eventful()


@pytest.fixture
def gateway(broker: int, cursor: Eventful) -> Iterator[Eventful]:
    with answering(broker, cursor) as client:
        cursor.client = client
        yield cursor
        for topic in (ACK_TOPIC, OFFER_TOPIC, DESIRED_TOPIC):
            client.publish(topic, b"", qos=1, retain=True).wait_for_publish(5)


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
    port = free_port()
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


def test_what_is_said_unencrypted_or_again_is_not_published(
    site, device, broker, gateway
):
    """As on the chip: the radio hands on what anybody sends under a bin's address."""
    mac = site.add(device)
    key = bytes.fromhex(KEY)
    with site.relay(broker), Impostor(site, mac) as impostor:
        forged = frames.seal(bytes(16), frames.HELLO, bytes(8))
        assert impostor.ask(forged) is None
        greeting = frames.seal(key, frames.HELLO, bytes(8))
        welcome = impostor.ask(greeting)
        assert welcome is not None
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
    full = full_journal()
    (device.folder / "rtc_memory").write_bytes(full.seal())
    (device.folder / "clock_skew").write_text("0", "ascii")
    site.add(device)
    device.heap_kb = chip_heap_kb(compiled, device.folder, "air", "espnow") + MORE_KB
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
        time.sleep(0.2)

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
    acl = (Path(__file__).parents[2] / "deploy/mosquitto/acl").read_text("utf-8")
    (tmp_path / "acl").write_text(re.sub(r"(?m)^#(user|topic)", r"\1", acl), "utf-8")
    port, gateways = free_port(), free_port()
    lines = [
        "user root",
        "per_listener_settings true",
        *(f"listener {gateways} 127.0.0.1", "allow_anonymous true"),
        *(f"listener {port} 127.0.0.1", "allow_anonymous true"),
        f"acl_file {tmp_path}/acl",
    ]
    (tmp_path / "conf").write_text("\n".join(lines), "utf-8")
    with (
        run([str(MOSQUITTO), "-c", str(tmp_path / "conf")], gateways),
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


class Impostor:
    """Somebody who has heard everything, sends under a bin's address, and knows no key
    of the air: what it sends is not encrypted."""

    def __init__(self, site: Site, mac: str) -> None:
        self._mac = bytes.fromhex(mac)
        self._relay = ("127.0.0.1", int(site.relay_mac[-4:], 16))
        self._site = site

    def __enter__(self) -> "Impostor":
        self._ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._ear.bind(("127.0.0.1", int(self._mac[4:].hex(), 16)))
        self._ear.settimeout(1)
        channel = (self._site.air / self._site.relay_mac).read_text("ascii")
        (self._site.air / self._mac.hex()).write_text(channel, "ascii")
        return self

    def __exit__(self, *_: object) -> None:
        self._ear.close()

    def say(self, frame: bytes | bytearray) -> None:
        self._ear.sendto(self._mac + bytes(8) + frame, self._relay)

    def ask(self, frame: bytes | bytearray) -> bytes | None:
        """Say it, and wait for the answer, which is readable to this test."""
        self.say(frame)
        try:
            return self._ear.recv(300)[14:]
        except TimeoutError:
            return None

    def wait_for_an_ack(self) -> None:
        while True:
            kind, _ = frames.peek(self._ear.recv(300)[14:])
            if kind == frames.ACK:
                return
