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
def run_import(
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Said]:
    """Write a file and import it."""
    monkeypatch.setenv("ULLAGE_DATABASE", database)
    monkeypatch.chdir(tmp_path)

    def run(content: str | bytes, *options: str, name: str = "bins.csv") -> Said:
        data = content.encode() if isinstance(content, str) else content
        Path(name).write_bytes(data)
        return run_command(name, *options)

    def run_command(*words: str) -> Said:
        parser = argparse.ArgumentParser()
        import_bins.register(parser.add_subparsers())
        arguments = parser.parse_args(["import", "bins", *words])
        try:
            status = arguments.run(arguments)
        except CommandError as error:
            return Said(2, capsys.readouterr().out, str(error))
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


@pytest.fixture
def ask(connection: psycopg.Connection) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the database."""

    def ask(query: str, *values: object) -> list[tuple[Any, ...]]:
        return connection.execute(query.encode(), values).fetchall()

    return ask
