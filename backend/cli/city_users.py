"""Which organisation uses which city, asked of a database that need not be there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from backend.cli.errors import CommandError, connect
from backend.store.cities import CityUser, load_city_users, use_city

_TIMEOUT_S = 5


@contextmanager
def asking(database: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect for a command that has more to do than to wait for a database."""
    try:
        with connect(database, timeout_s=_TIMEOUT_S) as conn:
            yield conn
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        raise CommandError(
            "the database lacks this version's tables: run `ullage migrate`"
        ) from error
    except psycopg.OperationalError as error:
        raise CommandError(f"{error}. ULLAGE_DATABASE says where it is") from error


def list_users(database: str) -> list[CityUser]:
    """List every organisation with its city."""
    with asking(database) as conn:
        return load_city_users(conn)


def choose_user(users: Sequence[CityUser], name: str | None) -> CityUser:
    """Find the organisation that is meant.

    Raises
    ------
    CommandError
        There is none of that name, or none is named and there is not exactly one.
    """
    if name is None and len(users) == 1:
        return users[0]
    for each in users:
        if each.name == name:
            return each
    if not users:
        raise CommandError(
            "there is no organisation yet: run `ullage import bins FILE`"
        )
    names = ", ".join(each.name for each in users)
    said = f"there is no organisation {name}" if name else "there are several"
    raise CommandError(f"{said}: --organisation must name one of {names}")


def choose_and_use(database: str, city: str, organisation: str | None) -> CityUser:
    """Let the organisation that is meant use a city; return what it was before."""
    with asking(database) as conn:
        chosen = choose_user(load_city_users(conn), organisation)
        use_city(conn, city, [chosen.organisation_id])
    return chosen


def use_if_alone(database: str, city: str) -> tuple[list[CityUser], bool]:
    """Let the only organisation use a city if it has none; return all, and whether."""
    with asking(database) as conn:
        users = load_city_users(conn)
        is_meant = len(users) == 1 and users[0].city is None
        if is_meant:
            use_city(conn, city, [users[0].organisation_id])
    return users, is_meant


def release(database: str, users: Sequence[CityUser]) -> None:
    """Leave organisations without a city."""
    with asking(database) as conn:
        use_city(conn, None, [each.organisation_id for each in users])
