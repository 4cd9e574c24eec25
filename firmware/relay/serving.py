"""What a relay does for ever: hand on what bins say, and what is said to them.

It promises nothing and keeps nothing that a bin has brought: what it cannot publish at
once it lets fall, and the bin, which hears no ack, brings it again.
"""

import gc
import sys
import time

from binnode import dating, radio
from binnode.deadline import Deadline
from binnode.topics import topic
from binnode.transports import frames
from espnow import MAX_ENCRYPT_PEER_NUM, ESPNow  # type: ignore[import-not-found]
from micropython import const
from network import WLAN  # type: ignore[import-not-found]

from relay import provisioning
from relay.bins import Bin
from relay.line import Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.mqtt import Message
    from machine import WDT  # type: ignore[import-not-found]

_CONFIG = const("config.json")
_HEAR_MS = const(10)
_BUFFER_BYTES = const(8192)
_TRIES = const(3)
_AGAIN_MS = const(1_000)
_AGAIN_MS_MAX = const(60_000)
_CHANNELS = {frames.READINGS: "readings", frames.REPORTED: "reported"}


def run(watchdog: "WDT") -> None:
    """Serve for ever; with a wrong `config.json` until the watchdog's reset."""
    settings = provisioning.load(_CONFIG, MAX_ENCRYPT_PEER_NUM)
    if settings.session.tls:
        dating.run()
    relay = Relay(settings, watchdog)
    while True:
        watchdog.feed()
        relay.turn()


class Relay:
    """The two sides, and when to try the one again that can fail."""

    def __init__(self, settings: provisioning.Settings, watchdog: "WDT") -> None:
        self._watchdog = watchdog
        self._session = settings.session
        self._bins = [Bin(each) for each in settings.bins]
        self._line: Line | None = None
        self._again_ms = _AGAIN_MS
        self._again = Deadline(0)
        self._station = WLAN(WLAN.IF_STA)
        self._station.active(True)
        # Asleep, the radio would miss what no access point announces.
        self._station.config(pm=WLAN.PM_NONE)
        self._air = ESPNow()
        # Before it is active: later it has no effect until the next time.
        self._air.config(rxbuf=_BUFFER_BYTES)
        self._air.active(True)
        for each in settings.bins:
            self._air.add_peer(each.mac, frames.air_key(each.key))

    def turn(self) -> None:
        """Hear one frame, then all that the broker has; connect when it is time."""
        try:
            if self._line is None and not self._again.left_ms():
                self._connect()
            self._hear_air()
            self._hear_broker()
        # Refused, unreachable, cut: whatever it is, it may be over in a while.
        except Exception as error:  # noqa: BLE001
            self._disconnect(error)

    def _connect(self) -> None:
        if not self._station.isconnected():
            # With mains power the address is asked for each time: nobody would notice
            # that an old one is somebody else's by now.
            radio.forget()
            if not radio.connect(self._session.networks, int(time.time())):
                raise OSError("wifi: none in reach")
        self._watchdog.feed()
        gc.collect()
        for each in self._bins:
            each.kept.clear()
        self._line = Line(self._session, [each.device for each in self._bins])
        self._again_ms = _AGAIN_MS
        print("broker: connected")

    def _disconnect(self, error: Exception) -> None:
        sys.print_exception(error)  # type: ignore[attr-defined]
        if self._line is not None:
            self._line.close()
            self._line = None
        self._again = Deadline(self._again_ms)
        self._again_ms = min(2 * self._again_ms, _AGAIN_MS_MAX)

    def _hear_air(self) -> None:
        mac, frame = self._air.recv(_HEAR_MS)
        for each in self._bins:
            if each.mac == mac:
                self._answer(each, frame)

    def _answer(self, known: Bin, frame: bytes) -> None:
        is_connected = self._line is not None
        self._tell(known, known.welcome(frame, is_connected=is_connected))
        heard = known.take(frame)
        channel = heard and _CHANNELS.get(heard[0])
        if heard and channel and self._line is not None:
            self._line.publish(topic(known.device, channel), heard[1])

    def _hear_broker(self) -> None:
        while self._line is not None:
            message = self._line.look()
            if message is None:
                return
            self._hand_on(message)

    def _hand_on(self, message: "Message") -> None:
        _, _, _, device, channel = message.topic.split("/")
        for each in self._bins:
            if each.device == device:
                each.keep(channel, message.payload)
                if channel == "ack" and not message.is_retained:
                    self._tell(each, each.hear_ack(message.payload))

    def _tell(self, known: Bin, told: "list[bytearray]") -> None:
        """Send frame by frame; a bin that confirms none has gone to sleep."""
        for frame in told:
            if not any(self._air.send(known.mac, frame) for _ in range(_TRIES)):
                return
