"""A connection to the database, which may be away for a while."""

import logging
from collections.abc import Sequence

import psycopg

from gateway.backoff import Backoff
from gateway.storing.refusal import store_whatever
from gateway.storing.store import Arrival, Memory, Stored

log = logging.getLogger(__name__)

# No statement may outlast the broker's patience with a silent client (its keepalive).
CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 20


def connect(database: str) -> psycopg.Connection:
    """Connect so that a database that hangs is noticed."""
    return psycopg.connect(
        database,
        autocommit=True,
        connect_timeout=CONNECT_TIMEOUT_S,
        application_name="ullage gateway",
        options=f"-c statement_timeout={STATEMENT_TIMEOUT_S}s",
        tcp_user_timeout=STATEMENT_TIMEOUT_S * 1000,
    )


class Writer:
    """Stores batches; tells when it could not, and tries again after a pause."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._conn: psycopg.Connection | None = None
        self._memory = Memory()
        self._backoff = Backoff()

    def store(self, arrivals: Sequence[Arrival]) -> Stored | None:
        """Store a batch; None: it is not known to be stored, so give it again later."""
        try:
            stored = store_whatever(self._connection(), arrivals, self._memory)
        except psycopg.Error as error:
            self.close()
            pause_s = self._backoff.lengthen()
            log.warning(
                "database away: %s; next try in %.1f s",
                error,
                pause_s,
                extra={"messages": len(arrivals)},
            )
            return None
        self._backoff.reset()
        return stored

    def pause_s(self) -> float:
        """Tell how long the database is left alone for now."""
        return self._backoff.remaining_s()

    def close(self) -> None:
        """Let the connection go, and what was learned over it."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None
        self._memory = Memory()

    def _connection(self) -> psycopg.Connection:
        if self._conn is None:
            self._conn = connect(self._database)
            log.info("connected to the database")
        return self._conn
