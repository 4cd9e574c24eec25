"""A running `python -m gateway`."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.service import Program
from tests.services.broker import Broker
from tests.services.devices import connected

# The session of a gateway for all partitions: one bit for each.
WHOLE_FLEET = "ullage-" + 16 * "f"
ROOT = Path(__file__).parents[2]


def make_gateway(
    database: str,
    broker: Broker,
    log_path: Path,
    *,
    ready: str = "subscribed",
    **settings: str,
) -> Program:
    """Describe a gateway between a broker and a database; nothing runs yet."""
    environment = (
        os.environ
        | {"PYTHONPATH": str(ROOT), "ULLAGE_DATABASE": database}
        | broker.settings()
        | settings
    )
    return Program(
        "gateway",
        [sys.executable, "-m", "gateway"],
        log_path=log_path,
        environment=environment,
        is_ready=lambda: log_path.exists() and ready in log_path.read_text(),
    )


def forget_session(broker: Broker, client_id: str) -> None:
    """Make the broker drop what it kept for a client: it was for another test."""
    with connected(broker, client_id):
        pass


@pytest.fixture
def gateway_process(database: str, broker: Broker, tmp_path: Path) -> Iterator[Program]:
    """A gateway on a fresh database, subscribed when the test begins."""
    forget_session(broker, WHOLE_FLEET)
    program = make_gateway(database, broker, tmp_path / "gateway.log")
    program.start()
    yield program
    program.stop()
