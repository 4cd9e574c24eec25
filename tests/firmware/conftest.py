"""A broker, a gateway's cursor behind it, and a bin."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from host.build import TRANSPORTS, build
from host.wake import FIRMWARE, Wake, run_wake
from host.world import World

from tests.firmware.brokers import MOSQUITTO, amqtt, mosquitto
from tests.firmware.cursor import Cursor, answering

ACK_TOPIC = "ullage/1/6/bin-1/ack"
NOON_S = 1_795_348_800  # 2026-11-22T12:00:00Z


@dataclass
class Device:
    """A bin's folder, and the world it wakes in."""

    folder: Path
    world: World
    heap_kb: int = 128
    firmware_dir: Path = FIRMWARE

    def provision(self, **fields: Any) -> None:
        config = {
            "device": "bin-1",
            "networks": {"depot": ""},
            "broker_host": "127.0.0.1",
            **fields,
        }
        (self.folder / "config.json").write_text(json.dumps(config), "utf-8")

    def wake(self, *, timeout_s: float = 25, **world: Any) -> Wake:
        """Wake once, 900 s after the last time."""
        self.world = replace(self.world, now_s=self.world.now_s + 900)
        met = replace(self.world, **world)
        wake = self.wake_in(met, timeout_s=timeout_s)
        if (self.folder / "next").exists() and b"measure" in (
            self.folder / "next"
        ).read_bytes():
            # It only gave its clock a date, and is back.
            met = replace(met, is_power_on=False)
            wake = self.wake_in(met, timeout_s=timeout_s)
        return wake

    def wake_in(self, world: World, *, timeout_s: float = 25) -> Wake:
        return run_wake(
            self.folder,
            world,
            firmware_dir=self.firmware_dir,
            heap_kb=self.heap_kb,
            timeout_s=timeout_s,
        )

    def wake_quietly(self, **world: Any) -> None:
        """Wake once and require that nothing was worth a word."""
        wake = self.wake(**world)
        assert (wake.status, wake.console) == (0, "")


@pytest.fixture(scope="session")
def broker(tmp_path_factory) -> Iterator[int]:
    start = mosquitto if MOSQUITTO else amqtt
    with start(tmp_path_factory.mktemp("broker")) as port:
        yield port


@pytest.fixture
def cursor() -> Cursor:
    return Cursor()


@pytest.fixture
def gateway(broker: int, cursor: Cursor, device: Device) -> Iterator[Cursor]:
    device.provision(broker_port=broker)
    with answering(broker, cursor) as client:
        cursor.client = client
        yield cursor
        # The next test's bin has the same name, and shall not hear this one's acks.
        client.publish(ACK_TOPIC, b"", qos=1, retain=True).wait_for_publish(5)


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path, World(now_s=NOON_S))


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> Path:
    """The firmware as bytecode; the stand-ins too, which no device has."""
    out = tmp_path_factory.mktemp("compiled")
    build(out, ("binnode", "host/standins"), transports=tuple(TRANSPORTS))
    return Path(out)
