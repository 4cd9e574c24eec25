"""Migrations: each file once, in order, all or nothing."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import psycopg
import pytest

from backend.store import migrate as module
from backend.store.migrate import (
    Level,
    MigrationError,
    detect_level,
    list_migrations,
    migrate,
)
from tests.services.postgres import scratch_database

LEVELS = get_args(Level)
LEDGER = "SELECT name FROM migration ORDER BY name"
TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"""


@pytest.fixture
def empty(postgres_dsn: str) -> Iterator[str]:
    """The conninfo of a database with nothing in it."""
    name = f"ullage_bare_{os.getpid()}"
    with scratch_database(postgres_dsn, name, like="template0") as dsn:
        yield dsn


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations in the place of the real one."""
    monkeypatch.setattr(module, "files", lambda _package: tmp_path)
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE first (n integer)")
    return tmp_path


def migrate_fresh(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as conn:
        return migrate(conn)


def ask(dsn: str, query: str) -> list[str]:
    with psycopg.connect(dsn) as conn:
        return [name for (name,) in conn.execute(query.encode())]


def test_an_empty_database_gets_every_migration_in_order(empty):
    with psycopg.connect(empty) as conn:
        expected = [each.name for each in list_migrations(detect_level(conn))]

    applied = migrate_fresh(empty)

    assert applied == expected
    assert ask(empty, LEDGER) == expected


def test_a_second_time_there_is_nothing_to_do(empty):
    migrate_fresh(empty)
    before = ask(empty, TABLES)

    assert migrate_fresh(empty) == []
    assert ask(empty, TABLES) == before


def test_of_two_at_the_same_time_one_migrates(empty):
    with ThreadPoolExecutor(2) as pool:
        applied = list(pool.map(migrate_fresh, [empty, empty]))

    assert sorted(bool(each) for each in applied) == [False, True]


def test_what_was_added_since_is_applied_alone(empty, folder):
    migrate_fresh(empty)
    (folder / "0002_second.sql").write_text("CREATE TABLE second (n integer)")

    assert migrate_fresh(empty) == ["0002_second"]
    assert ask(empty, TABLES) == ["first", "migration", "second"]


def test_a_file_that_fails_leaves_nothing_behind(empty, folder):
    (folder / "0002_second.sql").write_text("CREATE TABLE second (n nonsense)")

    with pytest.raises(psycopg.errors.UndefinedObject):
        migrate_fresh(empty)

    assert ask(empty, TABLES) == []


def test_a_file_that_fails_takes_nothing_that_was_there(empty, folder):
    migrate_fresh(empty)
    (folder / "0002_second.sql").write_text("DROP TABLE first; SELECT 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate_fresh(empty)

    assert ask(empty, TABLES) == ["first", "migration"]
    assert ask(empty, LEDGER) == ["0001_first"]


def test_a_file_that_was_changed_after_it_was_applied_is_refused(empty, folder):
    migrate_fresh(empty)
    (folder / "0001_first.sql").write_text("CREATE TABLE other (n integer)")

    with pytest.raises(MigrationError, match="0001_first was changed"):
        migrate_fresh(empty)

    assert ask(empty, TABLES) == ["first", "migration"]


def test_a_database_of_a_newer_version_is_refused(empty, folder):
    (folder / "0002_second.sql").write_text("CREATE TABLE second (n integer)")
    migrate_fresh(empty)
    (folder / "0002_second.sql").unlink()

    with pytest.raises(MigrationError, match="0002_second, which this version does"):
        migrate_fresh(empty)


def test_a_file_for_another_storage_level_is_left_out(folder):
    for level in ("plain", "hypertable"):
        (folder / f"0002_second.{level}.sql").write_text(f"-- {level}")

    (_, second) = list_migrations("plain")

    assert (second.name, second.sql) == ("0002_second", "-- plain")


def test_all_storage_levels_have_the_same_migrations():
    plain, *others = (
        [each.name for each in list_migrations(level)] for level in LEVELS
    )

    assert others == [plain, plain]
    assert len(set(plain)) == len(plain)
