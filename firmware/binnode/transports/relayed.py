"""A session with the gateway through a relay, by ESP-NOW (ESP32).

To `uplink` it is a session like any other: it publishes, and receives what the relay
has of the broker. The relay keeps nothing that the bin could forget for: only an ack
of the gateway frees a record.
"""

import json
import os
from collections import namedtuple

from esp32 import NVS  # type: ignore[import-not-found]
from espnow import ESPNow  # type: ignore[import-not-found]
from micropython import const
from network import WLAN  # type: ignore[import-not-found]

from binnode.deadline import Deadline
from binnode.transports import frames

_WELCOME_MS = const(300)
_TRIES = const(3)
_CHANNELS = const(13)
# Six frames come at once: an ack, an offer, a wish in four parts.
_BUFFER_BYTES = const(2048)
# Whoever floods the air keeps no bin awake.
_HEARD_MAX = const(64)
RECORDS_MAX = frames.RECORDS_MAX
_KINDS = {"readings": frames.READINGS, "reported": frames.REPORTED}
_TOPICS = {
    frames.ACK: "ack",
    frames.KEPT_ACK: "ack",
    frames.DESIRED: "desired",
    frames.UPDATE: "update",
}

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config

Message = namedtuple("Message", ("topic", "payload", "is_retained"))


def open_session(config: "Config", deadline: Deadline) -> "Client":
    """Find the relay, and agree with it on a session.

    Raises
    ------
    OSError
        If it is not in reach, has no broker, or does not know us.
    """
    air = Air()
    try:
        # Who has no network of its own cannot fetch what is offered.
        can_fetch = bool(config.networks and config.broker_host)
        client = Client(air, deadline, takes_updates=can_fetch)
        client.greet()
    except Exception:
        air.close()
        raise
    return client


class Air:
    """The radio, tuned to the relay."""

    def __init__(self) -> None:
        self._mac, self.key = _read_relay()
        self._station = WLAN(WLAN.IF_STA)
        self._station.active(True)
        self._now = ESPNow()
        # Before it is active: later it has no effect until the next time.
        self._now.config(rxbuf=_BUFFER_BYTES)
        self._now.active(True)
        self._now.add_peer(self._mac, frames.air_key(self.key))

    def tune(self, channel: int) -> None:
        """Change to a channel."""
        self._station.config(channel=channel)

    def send(self, frame: bytearray) -> bool:
        """Send to the relay; tell whether its chip confirmed."""
        return bool(self._now.send(self._mac, frame))

    def hear(self, wait_ms: int) -> "tuple[bool, bytes]":
        """Wait for a frame; tell whether one came, and what if it is the relay's."""
        mac, frame = self._now.recv(wait_ms)
        return mac is not None, frame if mac == self._mac else b""

    def close(self) -> None:
        """Switch ESP-NOW off; the radio is switched off elsewhere."""
        self._now.active(False)


class Client:
    """One session with the relay; `deadline` bounds all of it together."""

    def __init__(self, air: Air, deadline: Deadline, *, takes_updates: bool) -> None:
        self._air = air
        self._takes_updates = takes_updates
        self._deadline = deadline
        self._inbox: list[Message] = []

    def greet(self) -> None:
        """Find the relay's channel, and agree with it on a session."""
        nonce = os.urandom(frames.NONCE_BYTES)
        kept = _recall_channel()
        for tried in range(0 if kept else 1, _CHANNELS + 1):
            channel = tried or kept
            self._air.tune(channel)
            welcome = self._greet(nonce)
            if welcome:
                self._begin(nonce, welcome)
                if channel != kept:
                    _keep_channel(channel)
                return
        raise OSError("relay: not in reach, or it does not know this bin")

    def subscribe(self, *topics: str) -> None:
        """Nothing to ask for: the relay tells what there is after each greeting."""

    def publish(self, topic: str, payload: bytes | bytearray) -> None:
        """Have the relay publish; OSError when it does not even hear it."""
        kind = _KINDS[topic.rsplit("/", 1)[1]]
        for frame in self._saying.frames(kind, payload):
            self._send(frame)

    def receive(self, topic: str, wait_ms: int) -> Message | None:
        """Wait for the next message on a topic; None when none comes in time."""
        channel = topic.rsplit("/", 1)[1]
        deadline = Deadline(wait_ms, self._deadline)
        for _ in range(_HEARD_MAX):
            for place, message in enumerate(self._inbox):
                if message.topic == channel:
                    return self._inbox.pop(place)
            if not self._hear(deadline.left_ms()):
                break
        return None

    def disconnect(self) -> None:
        """Nothing to say: the relay waits for nobody."""

    def close(self) -> None:
        """Let go of the radio."""
        self._air.close()

    def _greet(self, nonce: bytes) -> bytes:
        """Say hello; return the answer to it and to no other, nothing if none comes."""
        hello = frames.seal(self._air.key, frames.HELLO, nonce)
        key = frames.welcome_key(self._air.key, nonce)
        for _ in range(_TRIES):
            if not self._air.send(hello):
                break
            deadline = Deadline(_WELCOME_MS, self._deadline)
            while deadline.left_ms():
                _, frame = self._air.hear(deadline.left_ms())
                kind, part = frames.peek(frame)
                is_welcome = kind == frames.WELCOME and len(part) > frames.NONCE_BYTES
                if is_welcome and frames.is_sealed(key, frame):
                    return part
        return b""

    def _begin(self, nonce: bytes, welcome: bytes) -> None:
        if not welcome[frames.NONCE_BYTES]:
            raise OSError("relay: it has no broker now")
        ours, relays = frames.session_keys(
            self._air.key, nonce, welcome[: frames.NONCE_BYTES]
        )
        self._saying, self._hearing = frames.Saying(ours), frames.Hearing(relays)

    def _send(self, frame: bytearray) -> None:
        # Where only the confirmation was lost the frame comes twice, and its number
        # tells.
        for _ in range(_TRIES):
            if self._air.send(frame):
                return
        raise OSError("relay: gone")

    def _hear(self, wait_ms: int) -> bool:
        """Take the next frame; False when none came in time."""
        has_come, frame = self._air.hear(wait_ms)
        heard = self._hearing.take(frame)
        if heard:
            kind, payload = heard
            topic = _TOPICS.get(kind)
            if topic and (topic != "update" or self._takes_updates):
                self._inbox.append(Message(topic, payload, kind != frames.ACK))
        return has_come


def _read_relay() -> "tuple[bytes, bytes]":
    """Read again what was checked at the start: memory has no room to keep it."""
    with open("config.json") as file:
        content = json.load(file)
    mac, key = content["relay_mac"], content["relay_key"]
    return bytes.fromhex(mac.replace(":", "")), bytes.fromhex(key)


def _recall_channel() -> int:
    try:
        channel: int = NVS("relay").get_i32("channel")
    except OSError:
        return 0
    return channel


def _keep_channel(channel: int) -> None:
    kept = NVS("relay")
    kept.set_i32("channel", channel)
    kept.commit()
