"""A running `python -m gateway`."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from backend.embedded.service import Program
from tests.services.broker import Broker

ROOT = Path(__file__).parents[2]


def make_gateway(database: str, broker: Broker, log_path: Path) -> Program:
    """Describe a gateway between a broker and a database; nothing runs yet."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "ULLAGE_DATABASE": database,
        "ULLAGE_MQTT_HOST": broker.host,
        "ULLAGE_MQTT_PORT": str(broker.port),
        "ULLAGE_MQTT_USER": broker.user,
        "ULLAGE_MQTT_PASSWORD": broker.password,
    }
    return Program(
        "gateway",
        [sys.executable, "-m", "gateway"],
        log_path=log_path,
        environment=environment,
        is_ready=lambda: log_path.exists() and "subscribed" in log_path.read_text(),
    )


def forget_session(broker: Broker, client_id: str) -> None:
    """Make the broker drop what it kept for a client: it was for another test."""
    connected = threading.Event()
    client = Client(CallbackAPIVersion.VERSION2, client_id, clean_session=True)
    client.username_pw_set(broker.user, broker.password)
    client.on_connect = lambda *_: connected.set()
    client.connect(broker.host, broker.port)
    client.loop_start()
    assert connected.wait(5)
    client.disconnect()
    client.loop_stop()


@pytest.fixture
def gateway_process(database: str, broker: Broker, tmp_path: Path) -> Iterator[Program]:
    """A gateway on a fresh database, subscribed when the test begins."""
    forget_session(broker, "ullage-gateway-0-63")
    program = make_gateway(database, broker, tmp_path / "gateway.log")
    program.start()
    yield program
    program.stop()
