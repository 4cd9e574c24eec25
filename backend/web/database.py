"""A connection per request: the request is the transaction."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request
from psycopg import Connection


def open_connection(request: Request) -> Iterator[Connection[Any]]:
    """Lend a connection; commit when the request succeeds, else roll back."""
    with request.app.state.pool.connection() as conn:
        yield conn


Database = Annotated[Connection[Any], Depends(open_connection)]
