"""The session at the broker: the only place that knows how MQTT is spoken."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from gateway.backoff import Backoff
from gateway.foreign.opening import is_for
from gateway.payload import encode_ack
from gateway.settings import Settings
from gateway.store import Arrival, Stored
from gateway.topic import ack_topic, reading_filters
from gateway.writer import Writer

log = logging.getLogger(__name__)

KEEPALIVE_S = 60
IDLE_S = 0.25  # how soon a stop is noticed
QUIET_S = 0.005  # nothing came for so long: the batch will not grow soon
FAREWELL_S = 2.0
QOS = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """A message that the broker still waits to have acknowledged."""

    packet_id: int
    topic: str
    payload: bytes
    arrived_s: float  # time.monotonic()


class Subscriber:
    """Takes messages in batches and acknowledges them when they are committed."""

    def __init__(self, settings: Settings, writer: Writer) -> None:
        self._settings = settings
        self._writer = writer
        self._pending: list[Pending] = []
        self._backoff = Backoff()
        self._next_look_s = 0.0  # time.monotonic()
        self._client = self._make_client()

    def run(self, is_stopping: Callable[[], bool]) -> None:
        """Serve until told to stop, whatever becomes of broker and database."""
        while not is_stopping():
            if self._connect():
                self._serve(is_stopping)
            # What this session did not acknowledge comes again on the next one, under
            # other packet ids; to acknowledge the old ids there would lose messages.
            self._pending.clear()
            self._pause(is_stopping)
        self._writer.close()

    def _make_client(self) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._settings.client_id,
            clean_session=False,
            protocol=MQTTProtocolVersion.MQTTv311,
            manual_ack=True,
        )
        if self._settings.mqtt_user is not None:
            client.username_pw_set(
                self._settings.mqtt_user, self._settings.mqtt_password
            )
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        return client

    def _connect(self) -> bool:
        host, port = self._settings.mqtt_host, self._settings.mqtt_port
        try:
            return self._client.connect(host, port, KEEPALIVE_S) == 0
        except OSError as error:
            log.warning("broker away: %s", error, extra={"host": host, "port": port})
            return False

    def _serve(self, is_stopping: Callable[[], bool]) -> None:
        while self._listen():
            if is_stopping():
                self._store()
                self._say_farewell()
                return
        log.warning("connection to the broker lost")

    def _listen(self) -> bool:
        """Take what comes, store what is due; False: the connection is lost."""
        self._look_into_inbox()
        before = len(self._pending)
        must_wait = not self._pending or self._writer.is_pausing()
        patience_s = IDLE_S if must_wait else QUIET_S
        if self._client.loop(patience_s) != MQTTErrorCode.MQTT_ERR_SUCCESS:
            return False
        # A broker stops sending at 20 (Mosquitto) or 100 (rumqttd) messages without an
        # acknowledgement: to wait for a full batch after that would waste the time.
        is_quiet = len(self._pending) == before
        if is_quiet or self._is_full() or self._is_late():
            self._store()
        return True

    def _pause(self, is_stopping: Callable[[], bool]) -> None:
        self._backoff.lengthen()
        while not (is_stopping() or self._backoff.is_over()):
            self._look_into_inbox()
            time.sleep(IDLE_S / 2)

    def _look_into_inbox(self) -> None:
        """Store what came by HTTP, with or without a broker."""
        if time.monotonic() < self._next_look_s:
            return
        taken = self._writer.store_inbox(self._settings.partitions)
        # Where some were waiting there may be more.
        self._next_look_s = time.monotonic() + (0 if taken else IDLE_S)

    def _on_connect(
        self,
        client: Client,
        _userdata: object,
        flags: ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            log.error(
                "broker refused us: %s; see ULLAGE_MQTT_USER, ULLAGE_MQTT_PASSWORD",
                reason,
            )
            return
        self._backoff.reset()
        # Also when the session is old: the partitions may be new.
        ours = reading_filters(self._settings.partitions)
        filters = [*ours, *self._settings.uplink_topics]
        client.subscribe([(each, QOS) for each in filters])
        log.info("connected", extra={"old_session": flags.session_present})

    def _on_subscribe(self, *_details: object) -> None:
        log.info("subscribed")

    def _on_message(
        self, _client: Client, _userdata: object, message: MQTTMessage
    ) -> None:
        pending = Pending(
            packet_id=message.mid,
            topic=message.topic,
            payload=bytes(message.payload),
            arrived_s=time.monotonic(),
        )
        self._pending.append(pending)

    def _is_full(self) -> bool:
        return len(self._pending) >= self._settings.batch_messages

    def _is_late(self) -> bool:
        if not self._pending:
            return False
        waited_s = time.monotonic() - self._pending[0].arrived_s
        return waited_s >= self._settings.batch_wait_s

    def _store(self) -> None:
        batch = self._pending[: self._settings.batch_messages]
        if not batch:
            return
        now_s = time.monotonic()
        stored = self._writer.store(
            [
                Arrival(
                    topic=each.topic,
                    payload=each.payload,
                    waited_s=now_s - each.arrived_s,
                )
                for each in batch
                if is_for(self._settings.partitions, each.topic, each.payload)
            ]
        )
        if stored is not None:
            del self._pending[: len(batch)]
            self._acknowledge(batch, stored)

    def _acknowledge(self, batch: list[Pending], stored: Stored) -> None:
        for each in batch:
            self._client.ack(each.packet_id, QOS)
        for ack in stored.acks:
            payload = encode_ack(
                ack.encoding,
                epoch=ack.epoch,
                next_seq=ack.next_seq,
                server_at=stored.at,
            )
            self._client.publish(ack_topic(ack.device), payload, QOS, retain=True)
        log.debug(
            "stored %d readings of %d messages",
            stored.rows,
            len(batch),
            extra={"rejected": stored.rejected},
        )

    def _say_farewell(self) -> None:
        """Send what is still to be sent, then leave."""
        give_up_s = time.monotonic() + FAREWELL_S
        while self._client.want_write() and time.monotonic() < give_up_s:
            self._client.loop(IDLE_S)
        self._client.disconnect()
