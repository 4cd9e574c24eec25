"""Whose bins these are."""

from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.imports.errors import UnusableOrganisationError
from backend.store.imports import (
    NamedOrganisation,
    insert_organisation,
    load_organisations,
)

FIRST_NAME = "My city"
FIRST_TIME_ZONE = "UTC"


def choose_organisation(
    conn: Connection[Any], name: str | None, *, time_zone: str | None
) -> tuple[NamedOrganisation, str | None]:
    """Find the organisation, or make the first; return it, with a note if one is due.

    Raises
    ------
    UnusableOrganisationError
        If the name is not known, or needed and not given, or there is no such zone.
    """
    known = load_organisations(conn)
    if not known:
        return _make_first(conn, name or FIRST_NAME, time_zone or FIRST_TIME_ZONE)
    chosen = _choose(known, name)
    if time_zone in (None, chosen.time_zone):
        return chosen, None
    return chosen, f"{chosen.name} keeps its time zone, {chosen.time_zone}"


def _make_first(
    conn: Connection[Any], name: str, time_zone: str
) -> tuple[NamedOrganisation, str]:
    if not name.strip() or not name.isprintable():
        raise UnusableOrganisationError(f"--organisation {name!a} is no name")
    try:
        ZoneInfo(time_zone)
    # ZoneInfoNotFoundError is a KeyError; a folder of zones is an OSError.
    except (OSError, ValueError, KeyError) as error:
        raise UnusableOrganisationError(
            f"--time-zone {time_zone} not understood: a name like Europe/Helsinki"
        ) from error
    made = insert_organisation(conn, name.strip(), time_zone=time_zone)
    note = (
        f"there was no organisation: made {made.name!r}, time zone {made.time_zone} "
        "(--organisation and --time-zone name another)"
    )
    return made, note


def _choose(known: list[NamedOrganisation], name: str | None) -> NamedOrganisation:
    if name is None and len(known) == 1:
        return known[0]
    for each in known:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in known)
    said = f"there is no organisation {name}" if name else "there are several"
    raise UnusableOrganisationError(f"{said}: --organisation must name one of {names}")
