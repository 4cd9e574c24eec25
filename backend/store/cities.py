"""Which city an organisation works in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class CityUser:
    """An organisation, and the city that it uses."""

    organisation_id: int
    name: str
    city: str | None


USERS = "SELECT organisation_id, name, city FROM organisation ORDER BY organisation_id"
USE = "UPDATE organisation SET city = %s WHERE organisation_id = ANY (%s)"


def load_city_users(conn: Connection[Any]) -> list[CityUser]:
    """Load every organisation."""
    with conn.cursor(row_factory=class_row(CityUser)) as cursor:
        return cursor.execute(USERS).fetchall()


def use_city(
    conn: Connection[Any], city: str | None, organisation_ids: Collection[int]
) -> None:
    """Let organisations use a city; None: no city."""
    conn.execute(USE, (city, list(organisation_ids)))
