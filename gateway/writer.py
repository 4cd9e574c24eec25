"""The connection to the database, which may be away for a while."""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import psycopg

from gateway.backoff import Backoff
from gateway.inbox import store_inbox
from gateway.refusal import store_singly
from gateway.store import Arrival, Stored

T = TypeVar("T")

log = logging.getLogger(__name__)

# No statement may outlast the broker's patience with a silent client (its keepalive).
CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 20


class Writer:
    """Stores batches; tells when it could not, and tries again after a pause."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._conn: psycopg.Connection | None = None
        self._backoff = Backoff()

    def store(self, arrivals: Sequence[Arrival]) -> Stored | None:
        """Store a batch; None: it is not known to be stored, so give it again later."""
        return self._try(lambda conn: store_singly(conn, arrivals))

    def store_inbox(self, partitions: Collection[int]) -> int:
        """Store what waits in the inbox; return how many messages that were."""
        return self._try(lambda conn: store_inbox(conn, partitions)) or 0

    def _try(self, work: Callable[[psycopg.Connection], T]) -> T | None:
        if self.is_pausing():
            return None
        try:
            done = work(self._connection())
        except psycopg.Error as error:
            self.close()
            pause_s = self._backoff.lengthen()
            log.warning("database away: %s; next try in %.1f s", error, pause_s)
            return None
        self._backoff.reset()
        return done

    def is_pausing(self) -> bool:
        """Tell whether the database is left alone for now."""
        return not self._backoff.is_over()

    def close(self) -> None:
        """Let the connection go."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def _connection(self) -> psycopg.Connection:
        if self._conn is None:
            self._conn = psycopg.connect(
                self._database,
                autocommit=True,
                connect_timeout=CONNECT_TIMEOUT_S,
                application_name="ullage gateway",
                options=f"-c statement_timeout={STATEMENT_TIMEOUT_S}s",
                tcp_user_timeout=STATEMENT_TIMEOUT_S * 1000,
            )
            log.info("connected to the database")
        return self._conn
