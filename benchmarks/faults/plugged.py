"""A bin on the mains: always connected, several messages under way, one journal.

It keeps its records in this process, which nobody kills; what it sends again is held
down as docs/payload.md advises.
"""

import threading
import time
from collections import deque
from datetime import UTC, datetime, timedelta

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from backend.demo.wire import Record, decode_ack, encode, topic
from backend.embedded.broker import BrokerAddress
from benchmarks.faults.told import Told, distance_mm

EPOCH = 7
PAUSE_S = 0.1  # a record each
RECORDS_A_MESSAGE = 6
LONGEST_WINDOW = 8  # messages
RETAINED_S = 0.5
FIRST_PATIENCE_S, LAST_PATIENCE_S = 2.0, 30.0
HOLE_S = 1.0  # answers to what was sent before we went back are late by less


class PluggedBin:
    """One bin. State to guard by the lock: what was made, sent and acknowledged."""

    def __init__(self, name: str, broker: BrokerAddress) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._began_at = datetime.now(UTC)
        self._made = self._next = self._acked = 0
        self._sent = self._farthest = 0
        self._ends: deque[int] = deque()  # of the messages under way
        self._window = 1
        self._patience_s = FIRST_PATIENCE_S
        self._connected_s = self._heard_s = self._gone_back_s = 0.0
        self._is_probing = False
        self._is_finishing = threading.Event()
        self._is_over = threading.Event()
        self._client = self._connect(broker)
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    @property
    def acked(self) -> tuple[int, int]:
        """Tell its epoch and how many records were acknowledged."""
        return EPOCH, self._acked

    def finish(self) -> None:
        """Measure no more."""
        self._is_finishing.set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until everything is acknowledged; False when that takes too long."""
        give_up_s = time.monotonic() + timeout_s
        while self._acked < self._made:
            if time.monotonic() > give_up_s:
                return False
            time.sleep(PAUSE_S)
        return True

    def close(self) -> None:
        """Stop at once."""
        self._is_over.set()
        self._thread.join()
        self._client.disconnect()
        self._client.loop_stop()

    def last_words(self) -> str:
        """Say how far it is."""
        return f"{self.name}: {self._made} made, {self._acked} acknowledged"

    def tell(self) -> Told:
        """Say what was made and sent."""
        return Told(made={EPOCH: self._made}, sent=self._sent, sent_once=self._farthest)

    def _connect(self, broker: BrokerAddress) -> Client:
        client = Client(CallbackAPIVersion.VERSION2, client_id=self.name)
        client.username_pw_set(broker.device_user, broker.device_password)
        client.reconnect_delay_set(1, 1)
        client.on_connect = self._listen
        client.on_message = self._hear
        client.connect(broker.host, broker.port)
        client.loop_start()
        return client

    def _listen(self, client: Client, *_details: object) -> None:
        client.subscribe(topic(self.name, "ack"), qos=1)
        with self._lock:
            self._connected_s = self._heard_s = time.monotonic()
            self._window, self._patience_s = 1, FIRST_PATIENCE_S
            self._is_probing = bool(self._ends)

    def _hear(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        next_seq = decode_ack(bytes(message.payload)).next_seq
        now_s = time.monotonic()
        with self._lock:
            if next_seq > self._acked:
                self._acked, self._next = next_seq, max(self._next, next_seq)
                while self._ends and self._ends[0] <= next_seq:
                    self._ends.popleft()
                self._window = min(LONGEST_WINDOW, self._window + 1)
                self._heard_s, self._patience_s = now_s, LAST_PATIENCE_S
            elif not message.retain and now_s > self._gone_back_s + HOLE_S:
                self._go_back(now_s)

    def _go_back(self, now_s: float) -> None:
        self._next, self._window = self._acked, 1
        self._ends.clear()
        self._gone_back_s = self._heard_s = now_s

    def _work(self) -> None:
        while not self._is_over.wait(PAUSE_S):
            with self._lock:
                if not self._is_finishing.is_set():
                    self._made += 1
                if time.monotonic() > self._connected_s + RETAINED_S:
                    self._send_due(time.monotonic())

    def _send_due(self, now_s: float) -> None:
        if not self._client.is_connected():
            return
        if self._ends and now_s > self._heard_s + self._patience_s:
            self._heard_s = now_s
            self._patience_s = min(LAST_PATIENCE_S, 2 * self._patience_s)
            self._is_probing = True
        if self._is_probing:
            self._is_probing = False
            if self._next == self._made:
                self._go_back(now_s)
            self._send(1)
        while self._next < self._made and len(self._ends) < self._window:
            self._send(RECORDS_A_MESSAGE)

    def _send(self, limit: int) -> None:
        count = min(limit, self._made - self._next)
        records = [self._record(self._next + each) for each in range(count)]
        payload = encode(
            records, epoch=EPOCH, first_seq=self._next, sent_at=datetime.now(UTC)
        )
        self._client.publish(topic(self.name, "readings"), payload, qos=1)
        self._next += count
        self._ends.append(self._next)
        self._sent += count
        self._farthest = max(self._farthest, self._next)

    def _record(self, seq: int) -> Record:
        return Record(
            measured_at=self._began_at - timedelta(days=30) + timedelta(seconds=seq),
            distance_mm=distance_mm(seq),
            battery_mv=3700,
            temperature_c=15.0,
            tilt_deg=0,
            echo_count=9,
        )
