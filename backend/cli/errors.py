"""What a command says when it cannot go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from backend.store.overview import Organisation, load_organisation


class CommandError(Exception):
    """The command cannot be done; the message says why and what to do."""


@contextmanager
def connect(
    database: str, *, timeout_s: int | None = None
) -> Iterator[psycopg.Connection[Any]]:
    """Connect for one command; commit if it succeeds.

    Raises
    ------
    CommandError
        If the database does not answer.
    """
    try:
        conn = psycopg.connect(database, connect_timeout=timeout_s)
    except psycopg.OperationalError as error:
        raise CommandError(
            f"the database does not answer: {error}. "
            "ULLAGE_DATABASE says where it is; `ullage doctor` looks closer"
        ) from error
    with conn:
        yield conn


def zone_of(conn: psycopg.Connection[Any]) -> tzinfo:
    """Say in which time zone to show times: the organisation's, or UTC."""
    found = load_organisation(conn)
    return UTC if found is None else ZoneInfo(found.time_zone)


def need_organisation(conn: psycopg.Connection[Any]) -> Organisation:
    """Load whose command this is.

    Raises
    ------
    CommandError
        If nobody was set up yet.
    """
    found = load_organisation(conn)
    if found is None:
        raise CommandError("nothing was set up yet: run `ullage import bins FILE`")
    return found
