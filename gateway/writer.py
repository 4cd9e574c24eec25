"""The connection to the database, which may be away for a while."""

import logging
from collections.abc import Sequence

import psycopg

from gateway.backoff import Backoff
from gateway.store import Arrival, Stored, set_aside, store_batch

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
        if self.is_pausing():
            return None
        try:
            stored = self._store(self._connection(), arrivals)
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

    def _store(self, conn: psycopg.Connection, arrivals: Sequence[Arrival]) -> Stored:
        try:
            return store_batch(conn, arrivals)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            # The database lives and refuses a value: find the message that has it, or
            # it would come back for ever and keep all others waiting.
            if len(arrivals) > 1:
                return _join([self._store(conn, [each]) for each in arrivals])
            log.exception("message refused", extra={"topic": arrivals[0].topic})
            return set_aside(conn, arrivals[0], f"refused by the database: {error}")


def _join(parts: Sequence[Stored]) -> Stored:
    return Stored(
        acks=tuple(ack for part in parts for ack in part.acks),
        at=parts[-1].at,
        rows=sum(part.rows for part in parts),
        rejected=sum(part.rejected for part in parts),
    )
