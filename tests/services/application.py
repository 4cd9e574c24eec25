"""A running `ullage serve`, and an ear for its events."""

import json
import os
import queue
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from backend.demo.found import CITIES
from backend.embedded.loopback import HOST, find_free_port, is_listening
from backend.embedded.service import Program
from backend.planning.jobs import prepare_queue

PATIENCE_S = 20


def make_application(database: str, log_path: Path, *, port: int) -> Program:
    """Describe the application on a database; nothing runs yet."""
    environment = os.environ | {
        "ULLAGE_DATABASE": database,
        "ULLAGE_PORT": str(port),
        "ULLAGE_CITIES": str(CITIES),
    }
    return Program(
        "application",
        [sys.executable, "-m", "backend", "serve"],
        log_path=log_path,
        environment=environment,
        is_ready=lambda: is_listening(port),
    )


@pytest.fixture
def application_url(database: str, tmp_path: Path) -> Iterator[str]:
    """The application on a fresh database."""
    prepare_queue(database)
    port = find_free_port()
    program = make_application(database, tmp_path / "application.log", port=port)
    program.start()
    yield f"http://{HOST}:{port}"
    program.stop()


class Ear:
    """What the event stream said, in order."""

    def __init__(self) -> None:
        self._heard: queue.Queue[tuple[str, Any]] = queue.Queue()

    def follow(self, reply: Any) -> None:
        name = ""
        for line in reply:
            text = line.decode().strip()
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            elif text.startswith("data: "):
                self._heard.put((name, json.loads(text.removeprefix("data: "))))

    def wait_for(self, name: str) -> Any:
        """Return the data of the next event of that name."""
        while True:
            heard, data = self._heard.get(timeout=PATIENCE_S)
            if heard == name:
                return data


@contextmanager
def listening_to_events(url: str) -> Iterator[Ear]:
    """Follow the live events, and go on once the stream has said hello."""
    ear = Ear()
    with urllib.request.urlopen(url + "/api/v1/events", timeout=60) as reply:
        thread = threading.Thread(target=_follow, args=(ear, reply), daemon=True)
        thread.start()
        ear.wait_for("hello")
        yield ear
        reply.fp.raw._sock.shutdown(2)
        thread.join(PATIENCE_S)


def _follow(ear: Ear, reply: Any) -> None:
    ear.follow(reply)
