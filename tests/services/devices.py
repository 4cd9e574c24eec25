"""Devices that speak to the broker, and the rows behind them."""

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import psycopg
import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from tests.services.broker import Broker
from tests.services.wire import topic

ADD_DEVICE = "INSERT INTO device (device, kind) VALUES (%s, 'test') RETURNING device_id"
NUMBERS = count()
PATIENCE_S = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """One device at the broker: what it says, what it hears."""

    name: str
    device_id: int
    client: Client
    heard: queue.Queue[MQTTMessage] = field(default_factory=queue.Queue)

    def say(self, payload: bytes, *, on: str | None = None) -> None:
        """Publish, and return when the broker has it."""
        published = self.client.publish(on or topic(self.name), payload, qos=1)
        published.wait_for_publish(PATIENCE_S)

    def say_all(self, payloads: Iterable[bytes]) -> None:
        """Publish one after the other, and return when the broker has them all."""
        published = [
            self.client.publish(topic(self.name), payload, qos=1)
            for payload in payloads
        ]
        for each in published:
            each.wait_for_publish(PATIENCE_S)

    def hear(self) -> MQTTMessage:
        """Wait for the next acknowledgement."""
        return self.heard.get(timeout=PATIENCE_S)

    def exchange(self, payload: bytes) -> bytes:
        """Say something and wait for the answer."""
        self.say(payload)
        return bytes(self.hear().payload)


def add_device(conn: psycopg.Connection) -> tuple[str, int]:
    """Add a device of a name that no other test uses; return its name and id."""
    name = f"bin-{next(NUMBERS)}"
    ((device_id,),) = conn.execute(ADD_DEVICE, (name,)).fetchall()
    return name, device_id


@contextmanager
def connected(broker: Broker, name: str) -> Iterator[Client]:
    """Connect to the broker; leave it when done."""
    is_connected = threading.Event()
    client = Client(CallbackAPIVersion.VERSION2, client_id=name)
    client.max_inflight_messages_set(1000)
    broker.introduce(client)
    client.on_connect = lambda *_: is_connected.set()
    client.connect(broker.host, broker.port)
    client.loop_start()
    assert is_connected.wait(PATIENCE_S)
    yield client
    client.disconnect()
    client.loop_stop()


@contextmanager
def listening(broker: Broker, name: str, device_id: int) -> Iterator[Device]:
    """Connect a device and subscribe to its acknowledgements."""
    with connected(broker, name) as client:
        device = Device(name=name, device_id=device_id, client=client)
        is_subscribed = threading.Event()
        client.on_subscribe = lambda *_: is_subscribed.set()
        client.on_message = lambda _client, _userdata, message: device.heard.put(
            message
        )
        client.subscribe(topic(name, "ack"), qos=1)
        assert is_subscribed.wait(PATIENCE_S)
        yield device


@pytest.fixture
def device(connection: psycopg.Connection, broker: Broker) -> Iterator[Device]:
    """One known device that listens."""
    with listening(broker, *add_device(connection)) as one:
        yield one
