"""Updates of the firmware, and settings: what devices ask, are offered, and answer.

Nothing here need be safe: a device asks again, and says what became of an offer or a
wish until that is gone. So these messages are acknowledged when they come.
"""

import logging
import queue
import time
from collections.abc import Callable, Sequence
from threading import Event
from typing import NamedTuple

import psycopg

from gateway.errors import PayloadError
from gateway.settings import Settings
from gateway.storing.updates import (
    end_update,
    read_part,
    repeat_offers,
    take_announcements,
)
from gateway.storing.wishes import repeat_wishes, take_wishes, write_reported
from gateway.storing.writer import connect
from gateway.topic import (
    desired_topic,
    event_of,
    is_report,
    report_of,
    update_topic,
)
from gateway.wire.setting import decode_reported, encode_desired
from gateway.wire.update import (
    Request,
    decode_event,
    encode_chunks,
    encode_offer,
)

log = logging.getLogger(__name__)

TURN_S = 1.0  # how soon an offer is announced
RETRY_S = 1.0
MAX_WAITING = 10_000  # messages; what is beyond comes again


class Said(NamedTuple):
    """A message to a device."""

    topic: str
    payload: bytes
    is_retained: bool


class Updates:
    """Answers on a connection of its own, so that it holds up no readings."""

    def __init__(
        self, settings: Settings, say: Callable[[Sequence[Said]], None]
    ) -> None:
        self._settings = settings
        self._say = say
        self._heard: queue.Queue[tuple[str, bytes]] = queue.Queue(MAX_WAITING)
        self._is_new_session = Event()

    def hear(self, topic: str, payload: bytes) -> None:
        """Take what a device says, from another thread."""
        if not self._heard.full():
            self._heard.put((topic, payload))

    def begin_session(self) -> None:
        """Learn that a session began, at a broker that may have forgotten all."""
        self._is_new_session.set()

    def run(self, is_stopping: Callable[[], bool]) -> None:
        """Work until told to stop, whatever becomes of the database."""
        while not is_stopping():
            try:
                with connect(self._settings.database) as conn:
                    while not is_stopping():
                        self._turn(conn)
            except psycopg.Error as error:
                log.warning("updates: database away: %s", error)
                time.sleep(RETRY_S)

    def _turn(self, conn: psycopg.Connection) -> None:
        """Answer what was heard, then announce what is new once in a while."""
        give_up_s = time.monotonic() + TURN_S
        while (left_s := give_up_s - time.monotonic()) > 0:
            try:
                topic, payload = self._heard.get(timeout=left_s)
            except queue.Empty:
                break
            self._say(self._answer(conn, topic, payload))
        if self._is_new_session.is_set():
            self._is_new_session.clear()
            repeat_offers(conn, self._settings.partitions)
            repeat_wishes(conn, self._settings.partitions)
        self._say(self._announce(conn))
        self._say(self._wish(conn))

    def _answer(
        self, conn: psycopg.Connection, topic: str, payload: bytes
    ) -> list[Said]:
        try:
            if is_report(topic):
                write_reported(conn, report_of(topic), decode_reported(payload))
                return []
            device, event = event_of(topic), decode_event(payload)
        except PayloadError as error:
            log.warning("%s", error, extra={"topic": topic})
            return []
        if not isinstance(event, Request):
            with conn.transaction():
                end_update(conn, device, event)
            return []
        part = read_part(conn, device, event)
        chunks = encode_chunks(event, part or b"")
        return [Said(update_topic(device), each, is_retained=False) for each in chunks]

    def _announce(self, conn: psycopg.Connection) -> list[Said]:
        return [
            Said(
                update_topic(each.device),
                encode_offer(each.offer),
                is_retained=True,
            )
            for each in take_announcements(conn, self._settings.partitions)
        ]

    def _wish(self, conn: psycopg.Connection) -> list[Said]:
        """Say what is desired; a wish that was answered is taken away."""
        return [
            Said(
                desired_topic(each.device),
                encode_desired(each.revision, each.settings) if each.is_open else b"",
                is_retained=True,
            )
            for each in take_wishes(conn, self._settings.partitions)
        ]
