"""The broker as the simulated devices meet it: one connection for all of them."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

KEEPALIVE_S = 30
AT_LEAST_ONCE = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokerAddress:
    """Where the broker is and who we are to it."""

    host: str
    port: int
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Radio:
    """Say and hear; what was heard waits in `heard` as (topic, payload)."""

    client: Client
    heard: "queue.SimpleQueue[tuple[str, bytes]]"

    def say(self, topic: str, payload: bytes) -> None:
        """Publish; the gateway's ack, not the broker's, tells whether it arrived."""
        self.client.publish(topic, payload, qos=AT_LEAST_ONCE)


@contextmanager
def open_radio(
    address: BrokerAddress, *, client_id: str, listen_to: str
) -> Iterator[Radio]:
    """Connect and subscribe; after a lost connection, connect and subscribe again."""
    heard: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    client = Client(CallbackAPIVersion.VERSION2, client_id=client_id)
    client.username_pw_set(address.user, address.password)
    client.max_queued_messages_set(0)

    def subscribe(connected: Client, *_facts: object) -> None:
        connected.subscribe(listen_to, AT_LEAST_ONCE)

    def hear(_client: Client, _data: object, message: MQTTMessage) -> None:
        heard.put((message.topic, bytes(message.payload)))

    client.on_connect = subscribe
    client.on_message = hear
    client.connect_async(address.host, address.port, keepalive=KEEPALIVE_S)
    client.loop_start()
    try:
        yield Radio(client=client, heard=heard)
    finally:
        client.disconnect()
        client.loop_stop()
