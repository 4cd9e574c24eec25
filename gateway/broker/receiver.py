"""From the broker to the waiting lines, and the answers back, in one thread."""

import logging
import select
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from socket import socketpair

from gateway.backoff import Backoff
from gateway.broker.line import Line, Pending
from gateway.broker.packets import Publish, encode_publish
from gateway.broker.session import READ_BYTES, Session
from gateway.broker.subscriber import Link, open_link
from gateway.errors import BrokerError
from gateway.foreign.opening import is_for
from gateway.metrics import Metrics
from gateway.settings import Settings, Version
from gateway.storing.store import Stored
from gateway.topic import ack_topic, is_event, is_ours
from gateway.updates import Said, Updates
from gateway.wire.payload import encode_ack

log = logging.getLogger(__name__)

IDLE_S = 0.25  # how soon a stop is noticed
# Above it nothing is read, and the broker keeps the rest.
MAX_HELD_BYTES = 16 * 1024 * 1024
# Enough to store all that is held; supervisors kill after 10 s.
FAREWELL_S = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What was stored, and the messages that it settles."""

    messages: Sequence[Pending]
    stored: Stored


class Receiver:
    """Takes messages while they can be stored, and says when they are."""

    def __init__(
        self, settings: Settings, lines: Sequence[Line], metrics: Metrics
    ) -> None:
        self._settings = settings
        self._lines = lines
        self._metrics = metrics
        self._outcomes: deque[Outcome] = deque()
        self._said: deque[Said] = deque()
        self.updates = Updates(settings, self.say)
        self._wake_in, self._wake_out = socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._sessions = count(1)
        self._versions: deque[Version] = deque(settings.mqtt_versions)
        self._backoff = Backoff()
        metrics.held_bytes.set_function(self._held_bytes)

    def hear(self, outcome: Outcome) -> None:
        """Take an outcome from another thread."""
        self._outcomes.append(outcome)
        self._wake()

    def say(self, said: Sequence[Said]) -> None:
        """Take what devices are to be told, from another thread."""
        self._said.extend(said)
        if said:
            self._wake()

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # it has been woken often enough
            self._wake_out.send(b"!")

    def run(self, is_stopping: Callable[[], bool]) -> None:
        """Serve until told to stop, whatever becomes of the broker."""
        while not is_stopping():
            try:
                link = open_link(self._settings, self._versions[0])
            except (OSError, ValueError) as error:  # the latter for a host's name
                log.warning("broker away: %s", error)
                # Where nobody listens, the version is not to blame.
                if not isinstance(error, ConnectionRefusedError):
                    self._versions.rotate(-1)
            except BrokerError as error:
                log.warning("broker refuses MQTT %s: %s", self._versions[0], error)
                self._versions.rotate(-1)
            else:
                self._backoff.reset()
                log.info("subscribed, MQTT %s", link.version)
                self._serve(link, is_stopping)
            self._metrics.is_connected = False
            self._pause(is_stopping)

    def _serve(self, link: Link, is_stopping: Callable[[], bool]) -> None:
        session = Session(link, next(self._sessions))
        self._metrics.is_connected = True
        self._metrics.connects.inc()
        self.updates.begin_session()
        try:
            self._take(session, link.early)
            while not is_stopping():
                self._turn(session, is_reading=not self._is_full())
            self._say_farewell(session)
        except (OSError, BrokerError) as error:
            log.warning("connection to the broker lost: %s", error)
        finally:
            link.socket.close()

    def _turn(self, session: Session, *, is_reading: bool) -> None:
        self._answer(session)
        waited_for = [self._wake_in, *([session.socket] if is_reading else [])]
        readable, _, _ = select.select(
            waited_for,
            [session.socket] if session.out else [],
            [],
            0.0 if is_reading and session.has_more() else IDLE_S,
        )
        if self._wake_in in readable:
            self._wake_in.recv(READ_BYTES)
        if is_reading and (session.socket in readable or session.has_more()):
            self._take(session, session.read())
        session.keep_alive(is_reading=is_reading)
        session.send()

    def _take(self, session: Session, messages: Sequence[Publish]) -> None:
        if not messages:
            return
        session.expect(messages)
        now_s = time.monotonic()
        self._metrics.messages.inc(len(messages))
        shares: list[list[Pending]] = [[] for _ in self._lines]
        for packet_id, topic, payload in messages:
            if not is_for(self._settings.partitions, topic, payload):
                session.settle([packet_id])
                continue
            if is_event(topic):
                session.settle([packet_id])
                self.updates.hear(topic, payload)
                continue
            # A device stays in one line, so its messages stay in order; a foreign one
            # may speak on several topics.
            place = hash(topic) % len(shares) if is_ours(topic) else 0
            shares[place].append(
                Pending(session.number, packet_id, topic, payload, now_s)
            )
        for line, share in zip(self._lines, shares, strict=True):
            if share:
                line.put(share)

    def _answer(self, session: Session) -> None:
        while self._outcomes:
            outcome = self._outcomes.popleft()
            # To acknowledge a packet id of an older session would lose a message of
            # this one; those messages come again.
            session.settle(
                [
                    each.packet_id
                    for each in outcome.messages
                    if each.session == session.number
                ]
            )
            for ack in outcome.stored.acks:
                payload = encode_ack(
                    ack.encoding,
                    epoch=ack.epoch,
                    next_seq=ack.next_seq,
                    server_at=outcome.stored.at,
                )
                session.out += encode_publish(
                    ack_topic(ack.device), payload, is_version_5=session.is_version_5
                )
        while self._said:
            said = self._said.popleft()
            session.out += encode_publish(
                said.topic,
                said.payload,
                is_version_5=session.is_version_5,
                is_retained=said.is_retained,
            )

    def _held_bytes(self) -> int:
        return sum([line.held_bytes for line in self._lines])

    def _is_full(self) -> bool:
        return self._held_bytes() > MAX_HELD_BYTES

    def _say_farewell(self, session: Session) -> None:
        """Read no more, answer for all that is being stored, then leave."""
        for line in self._lines:
            line.close()
        give_up_s = time.monotonic() + FAREWELL_S
        # In the order in which a batch moves on: what is held no more was heard of.
        while time.monotonic() < give_up_s and (
            self._held_bytes() or self._outcomes or session.out
        ):
            self._turn(session, is_reading=False)
        session.leave()

    def _pause(self, is_stopping: Callable[[], bool]) -> None:
        self._backoff.lengthen()
        while not is_stopping() and (left_s := self._backoff.remaining_s()):
            time.sleep(min(left_s, IDLE_S))
