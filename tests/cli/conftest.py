"""Organisations, and a tiny extract, for the commands about cities."""

from pathlib import Path

import pytest

from tests.services.commands import Ullage
from tests.services.extracts import write_extract


@pytest.fixture
def found(connection):
    """Write organisations with their cities."""

    def found(**city_by_name: str | None) -> None:
        for name, city in city_by_name.items():
            connection.execute(
                "INSERT INTO organisation (name, time_zone, city)"
                " VALUES (%s, 'UTC', %s)",
                (name, city),
            )

    return found


@pytest.fixture
def city_of(connection):
    """Ask which city each organisation uses."""

    def ask() -> dict[str, str | None]:
        query = "SELECT name, city FROM organisation"
        return dict(connection.execute(query).fetchall())

    return ask


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A tiny extract with streets."""
    path = tmp_path / "town.osm.pbf"
    write_extract(path, ways=[{"highway": "residential"}])
    return path


@pytest.fixture
def with_database(city_command: Ullage, database: str) -> Ullage:
    """Run `ullage city …` with the database."""

    def run(*words: str):
        return city_command(*words, ULLAGE_DATABASE=database)

    return run
