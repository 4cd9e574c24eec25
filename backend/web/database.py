"""A connection per request: the request is the transaction; and whose it is."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from psycopg import Connection

from backend.store.overview import Organisation, load_organisation

NOTHING_SET_UP = "nothing was set up yet: run `ullage import bins FILE`"


def open_connection(request: Request) -> Iterator[Connection[Any]]:
    """Lend a connection; commit when the request succeeds, else roll back."""
    with request.app.state.pool.connection() as conn:
        yield conn


# Committed before the answer is sent: who then looks again sees what was changed.
Database = Annotated[Connection[Any], Depends(open_connection, scope="function")]


def require_organisation(database: Connection[Any]) -> Organisation:
    """Load whose request it is; 404 before anything was set up."""
    organisation = load_organisation(database)
    if organisation is None:
        raise HTTPException(404, NOTHING_SET_UP)
    return organisation
