"""Bring the database up to this version before anything uses it."""

from backend.cli.errors import CommandError, connect
from backend.planning.jobs import prepare_queue
from backend.store.columnstore import enable_columnstore
from backend.store.migrate import MigrationError, migrate


def prepare_database(database: str) -> list[str]:
    """Apply what is missing, whoever else does so too; return what was applied.

    Raises
    ------
    CommandError
        If the database does not answer, or does not fit this version.
    """
    with connect(database) as conn:
        try:
            applied = migrate(conn)
            enable_columnstore(conn)
        except MigrationError as error:
            raise CommandError(str(error)) from error
    prepare_queue(database)
    return applied
