"""A relay, its bins, who listens in, and a gateway that something happens to."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from binnode.transports import frames
from host.relaying import running_relay
from host.world import Air, World

from tests.firmware.conftest import ACK_TOPIC, NOON_S, Device
from tests.firmware.cursor import Cursor

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
        self, port: int, *, says: str = "connected", user: str = "", **fields: Any
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
            **fields,
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


PATIENCE_S = 20


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
        self._ear.settimeout(PATIENCE_S)
        channel = (self._site.air / self._site.relay_mac).read_text("ascii")
        (self._site.air / self._mac.hex()).write_text(channel, "ascii")
        return self

    def __exit__(self, *_: object) -> None:
        self._ear.close()

    def say(self, frame: bytes | bytearray) -> None:
        self._ear.sendto(self._mac + bytes(8) + frame, self._relay)

    def ask(self, frame: bytes | bytearray) -> bytes:
        """Say it, and wait for the answer, which is readable to this test."""
        self.say(frame)
        return self._ear.recv(300)[14:]

    def is_ignored(self, frame: bytes | bytearray) -> bool:
        """Say it, and tell whether there is no answer within a second."""
        self._ear.settimeout(1)
        try:
            self.ask(frame)
        except TimeoutError:
            return True
        finally:
            self._ear.settimeout(PATIENCE_S)
        return False

    def wait_for_an_ack(self) -> None:
        while True:
            kind, _ = frames.peek(self._ear.recv(300)[14:])
            if kind == frames.ACK:
                return
