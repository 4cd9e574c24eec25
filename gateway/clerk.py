"""What a gateway does beside the broker: the inbox, the news, and that it serves."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock

import psycopg

from gateway.metrics import Metrics
from gateway.news import announce
from gateway.settings import Settings
from gateway.storing.inbox import store_inbox
from gateway.storing.store import Memory
from gateway.storing.writer import connect

log = logging.getLogger(__name__)

TURN_S = 0.1
RETRY_S = 1.0
# How exactly it is known afterwards until when a gateway served.
SERVICE_S = 2.0
IS_THERE = "SELECT"  # or else it is noticed now
BEGIN_SERVICE = """
INSERT INTO gateway_service (gateway, partitions, from_at, to_at)
VALUES (%s, %s, clock_now(), clock_now()) RETURNING from_at"""
EXTEND_SERVICE = """
UPDATE gateway_service SET to_at = clock_now() WHERE gateway = %s AND from_at = %s"""


class Clerk:
    """Works on a connection of its own, so that it holds up no batch."""

    _service_from: datetime | None = None

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._lock = Lock()
        self._fresh: set[int] = set()
        self._memory = Memory()
        self._service_noted_s = 0.0

    def hear(self, device_ids: Sequence[int]) -> None:
        """Take whose readings were stored, from another thread."""
        with self._lock:
            self._fresh.update(device_ids)

    def run(self, is_stopping: Callable[[], bool]) -> None:
        """Work until told to stop, whatever becomes of the database."""
        while not is_stopping():
            try:
                self._memory = Memory()
                with connect(self._settings.database) as conn:
                    self._metrics.is_reaching_database = True
                    while not is_stopping():
                        self._turn(conn)
                        time.sleep(TURN_S)
                    self._turn(conn)
            except psycopg.Error as error:
                log.warning("clerk: database away: %s", error)
                self._metrics.is_reaching_database = False
                self._service_from = None
                time.sleep(RETRY_S)

    def _turn(self, conn: psycopg.Connection) -> None:
        with self._lock:
            fresh, self._fresh = self._fresh, set()
        for stored in store_inbox(conn, self._settings.partitions, self._memory):
            fresh.update(stored.device_ids)
        announce(conn, sorted(fresh))
        is_serving = self._metrics.is_serving
        if not is_serving:
            self._service_from = None
        has_begun = is_serving and self._service_from is None
        now_s = time.monotonic()
        if has_begun or now_s - self._service_noted_s >= SERVICE_S:
            self._service_noted_s = now_s
            self._note_service(conn, is_serving=is_serving)

    def _note_service(self, conn: psycopg.Connection, *, is_serving: bool) -> None:
        """Write down that devices can be heard now; a pause begins a new row."""
        gateway = self._settings.client_id
        if not is_serving:
            conn.execute(IS_THERE)
        elif self._service_from is None:
            partitions = sorted(self._settings.partitions)
            row = conn.execute(BEGIN_SERVICE, (gateway, partitions)).fetchone()
            self._service_from = row[0] if row else None
        else:
            conn.execute(EXTEND_SERVICE, (gateway, self._service_from))
