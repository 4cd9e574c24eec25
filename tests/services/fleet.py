"""Bins that keep a journal: only the gateway's ack makes them forget a record."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from tests.services.broker import Broker
from tests.services.wire import numbered, read_ack, topic

PAUSE_S = 0.02
RECORDS_A_MESSAGE = 6
WINDOW_RECORDS = 48
RESEND_S = 1.0


class Bin:
    """One journal and its way to the broker."""

    def __init__(self, name: str, broker: Broker) -> None:
        self.name = name
        self.made = self.sent = self.acked = 0
        self._moved_s = time.monotonic()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=name)
        broker.introduce(self._client)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = self._listen
        self._client.on_message = self._hear
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to tell."""
        return self.acked == self.made

    def make(self) -> None:
        """Measure once."""
        self.made += 1

    def send(self) -> None:
        """Send what the window allows; go back to the last ack if none came."""
        if self.sent > self.acked and time.monotonic() - self._moved_s > RESEND_S:
            self._go_back()
        while self.sent < self.made and self.sent < self.acked + WINDOW_RECORDS:
            count = min(RECORDS_A_MESSAGE, self.made - self.sent)
            payload = numbered(self.sent, count)
            if self._client.is_connected():
                self._client.publish(topic(self.name), payload, qos=1)
            self.sent += count

    def leave(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()

    def _listen(self, client: Client, *_details: object) -> None:
        client.subscribe(topic(self.name, "ack"), qos=1)
        self._go_back()

    def _hear(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        next_seq = read_ack(bytes(message.payload)).next_seq
        if next_seq > self.acked:
            self.acked, self._moved_s = next_seq, time.monotonic()
            self.sent = max(self.sent, next_seq)

    def _go_back(self) -> None:
        self.sent, self._moved_s = self.acked, time.monotonic()


class Fleet:
    """Bins that measure until they are told to finish."""

    def __init__(self, bins: Sequence[Bin]) -> None:
        self.bins = bins
        self._is_finishing = threading.Event()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    @property
    def made(self) -> int:
        """Count the records of all bins."""
        return sum(each.made for each in self.bins)

    @property
    def acked(self) -> int:
        """Count the records that were acknowledged."""
        return sum(each.acked for each in self.bins)

    def finish(self, timeout_s: float) -> bool:
        """Measure no more; tell whether everything was acknowledged in time."""
        self._is_finishing.set()
        give_up_s = time.monotonic() + timeout_s
        while not all(each.is_done for each in self.bins):
            if time.monotonic() > give_up_s:
                return False
            time.sleep(PAUSE_S)
        return True

    def close(self) -> None:
        """Stop at once."""
        self._is_over.set()
        self._thread.join()
        for each in self.bins:
            each.leave()

    def _work(self) -> None:
        while not self._is_over.wait(PAUSE_S):
            for each in self.bins:
                if not self._is_finishing.is_set():
                    each.make()
                each.send()


@contextmanager
def reporting(names: Iterable[str], broker: Broker) -> Iterator[Fleet]:
    """Let a fleet of known devices report."""
    fleet = Fleet([Bin(name, broker) for name in names])
    try:
        yield fleet
    finally:
        fleet.close()
