"""A connection to the database, which may be away for a while."""

import logging
from collections.abc import Sequence

import psycopg

from gateway.backoff import Backoff
from gateway.store import Arrival, Memory, Stored, set_aside, store_batch

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

    def _store(self, conn: psycopg.Connection, arrivals: Sequence[Arrival]) -> Stored:
        try:
            return store_batch(conn, arrivals, self._memory)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            # The database lives and refuses something: an older state of it may have
            # been restored, or what we remember of it is no longer true.
            log.warning("batch refused: %s; trying it record by record", error)
            self._memory = Memory()
            return self._store_carefully(conn, arrivals)

    def _store_carefully(
        self, conn: psycopg.Connection, arrivals: Sequence[Arrival]
    ) -> Stored:
        try:
            return store_batch(conn, arrivals, self._memory, is_careful=True)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            # Find the message that has the value, or it would come back for ever and
            # keep all others waiting.
            if len(arrivals) > 1:
                middle = len(arrivals) // 2
                return _join(
                    self._store_carefully(conn, arrivals[:middle]),
                    self._store_carefully(conn, arrivals[middle:]),
                )
            log.exception("message refused", extra={"topic": arrivals[0].topic})
            return set_aside(conn, arrivals[0], f"refused by the database: {error}")


def _join(first: Stored, second: Stored) -> Stored:
    return Stored(
        at=second.at,
        acks=first.acks + second.acks,
        device_ids=first.device_ids + second.device_ids,
        rows=first.rows + second.rows,
        rejected=first.rejected + second.rejected,
        repeated=first.repeated + second.repeated,
        refused=first.refused + second.refused,
    )
