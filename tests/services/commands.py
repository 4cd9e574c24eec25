"""The command `ullage`, as a person runs it."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from backend.__main__ import main

Ullage = Callable[..., subprocess.CompletedProcess[str]]

PATIENCE_S = 120
#: a database that does not answer
NOWHERE = "host=127.0.0.1 port=1 dbname=x user=x"


def command(*words: str) -> list[str]:
    """Write the command line."""
    return [sys.executable, "-m", "backend", *words]


def environment(cities: Path, **settings: str) -> dict[str, str]:
    """Write the environment: a folder of cities, no database unless it is given."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ULLAGE_")}
    local = {"no_proxy": "127.0.0.1", "ULLAGE_CITIES": str(cities)}
    return inherited | local | settings


@pytest.fixture
def cities(tmp_path: Path) -> Path:
    """Where the cities are kept; nothing is there yet."""
    return tmp_path / "cities"


@pytest.fixture
def city_command(cities: Path) -> Ullage:
    """Run `ullage city …`."""

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return run_city(cities, *words, **settings)

    return run


def run_city(
    cities: Path, *words: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `ullage city …` on a folder of cities."""
    return run_here("city", *words, env=environment(cities, **settings))


def run_here(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in this process: its libraries are loaded already."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, env, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            status: Any = main(list(words))
        except SystemExit as stop:  # argparse refuses that way
            status = stop.code
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder, hidden ones too."""
    if not folder.is_dir():
        return {}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
