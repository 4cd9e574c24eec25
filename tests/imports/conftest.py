"""Run `ullage import bins` on a fresh database, as an operator would."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from backend.cli import import_bins
from backend.cli.errors import CommandError


@dataclass(frozen=True)
class Said:
    """What the command said."""

    status: int
    out: str
    err: str


@pytest.fixture
def run_command(
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Said]:
    """Run the command in an empty folder."""
    monkeypatch.setenv("ULLAGE_DATABASE", database)
    monkeypatch.chdir(tmp_path)
    parser = argparse.ArgumentParser()
    import_bins.register(parser.add_subparsers())

    def run(*words: str) -> Said:
        arguments = parser.parse_args(["import", "bins", *words])
        try:
            status = arguments.run(arguments)
        except CommandError as error:
            return Said(2, capsys.readouterr().out, str(error))
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


@pytest.fixture
def run_import(run_command: Callable[..., Said]) -> Callable[..., Said]:
    """Write a file and import it."""

    def run(content: str | bytes, *options: str, name: str = "bins.csv") -> Said:
        data = content.encode() if isinstance(content, str) else content
        Path(name).write_bytes(data)
        return run_command(name, *options)

    return run


@pytest.fixture
def ask(connection: psycopg.Connection) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the database."""

    def ask(query: str, *values: object) -> list[tuple[Any, ...]]:
        return connection.execute(query.encode(), values).fetchall()

    return ask
