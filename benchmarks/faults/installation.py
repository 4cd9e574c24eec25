"""Broker, gateway and database in processes of their own: each dies and comes back."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg.conninfo import make_conninfo

from backend.embedded.broker import BrokerAddress, BrokerConfig, EmbeddedBroker
from backend.embedded.leftovers import kill_processes
from backend.embedded.loopback import find_free_port
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from backend.embedded.service import Program
from backend.store.migrate import migrate

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
# What `ullage up` does: PostgreSQL under a supervisor, which may be killed itself.
LAUNCHER = """
import sys
from pathlib import Path
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from backend.embedded.supervise import Supervisor
config = PostgresConfig(data_dir=Path(sys.argv[1]), port=int(sys.argv[2]))
server = EmbeddedPostgres(config)
with Supervisor() as supervisor:
    supervisor.start(server)
    print(server.dsn, flush=True)
    supervisor.watch()
"""
STEP_CLOCK = """
INSERT INTO clock (real_origin_at, shown_origin_at, speed)
VALUES (now(), now() + %(by)s, 1)
ON CONFLICT (only_row) DO UPDATE
SET real_origin_at = now(), shown_origin_at = now() + %(by)s"""


class BrokerProcess(Protocol):
    """A broker that is our child; its port and passwords outlive its restarts."""

    address: BrokerAddress

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last."""

    def start(self) -> object:
        """Start it and return when it accepts connections."""

    def stop(self) -> None:
        """Stop it."""


class Installation:
    """Everything but the bins."""

    def __init__(self, folder: Path, broker: BrokerProcess) -> None:
        self._folder = folder / "database"
        self._port = find_free_port()
        self._log_path = folder / "gateway.log"
        self._launcher: subprocess.Popen[str] | None = None
        self._gateway: Program | None = None
        self.broker = broker
        self.dsn = ""

    def start(self) -> None:
        """Start everything, on a new database."""
        self.broker.start()
        self.dsn = self._launch()
        with psycopg.connect(self.dsn) as conn:
            migrate(conn)
        self._gateway = _make_gateway(self.dsn, self.broker.address, self._log_path)
        self._gateway.start()

    def kill_gateway(self) -> None:
        """Kill the gateway, and start it again."""
        assert self._gateway is not None
        _kill(self._gateway.process)
        self._gateway.start()

    def kill_broker(self) -> None:
        """Kill the broker, and start it again."""
        _kill(self.broker.process)
        self.broker.start()

    def kill_database(self) -> None:
        """Kill all its processes, as a power cut would; its supervisor starts it."""
        server = EmbeddedPostgres(PostgresConfig(data_dir=self._folder))
        kill_processes(server.cluster, server.cluster_name)

    def kill_launcher(self) -> None:
        """Kill the parent of the database; start it again as an operator would."""
        assert self._launcher is not None
        self._launcher.kill()
        self._end_launcher()
        self._launch()

    def step_clock(self, by_s: float) -> None:
        """Let the database's clock be off by so much from now on."""
        with connected_again(self.dsn) as conn:
            conn.execute(STEP_CLOCK, {"by": f"{by_s} s"})

    def revive_database(self) -> None:
        """Start it if its supervisor has not yet: each death made it wait longer."""
        try:
            psycopg.connect(self.dsn).close()
        except psycopg.OperationalError:
            self.kill_launcher()

    def count_said(self, words: bytes) -> int:
        """Count how often the gateway's log says something."""
        return self._log_path.read_bytes().count(words)

    def stop(self) -> None:
        """Stop everything that was started."""
        if self._gateway is not None:
            self._gateway.stop()
        if self._launcher is not None:
            self._launcher.terminate()
            self._end_launcher()
        self.broker.stop()

    def _launch(self) -> str:
        self._launcher = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, str(self._folder), str(self._port)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._launcher.stdout is not None
        return self._launcher.stdout.readline().strip()

    def _end_launcher(self) -> None:
        assert self._launcher is not None
        assert self._launcher.stdout is not None
        self._launcher.wait(PATIENCE_S)
        self._launcher.stdout.close()


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    assert process is not None
    process.kill()
    process.wait()


def _make_gateway(database: str, broker: BrokerAddress, log_path: Path) -> Program:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "ULLAGE_DATABASE": database,
        "ULLAGE_MQTT_HOST": broker.host,
        "ULLAGE_MQTT_PORT": str(broker.port),
        "ULLAGE_MQTT_USER": broker.gateway_user,
        "ULLAGE_MQTT_PASSWORD": broker.gateway_password,
    }
    return Program(
        "gateway",
        [sys.executable, "-m", "gateway"],
        log_path=log_path,
        environment=environment,
        is_ready=lambda: log_path.exists() and b"subscribed" in log_path.read_bytes(),
    )


@contextmanager
def installed(
    folder: Path, broker: BrokerProcess | None = None
) -> Iterator[Installation]:
    """Run an installation; the broker is the embedded one unless told."""
    config = BrokerConfig(data_dir=folder / "broker")
    installation = Installation(folder, broker or EmbeddedBroker(config))
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()


@contextmanager
def connected_again(dsn: str) -> Iterator[psycopg.Connection]:
    """Connect as soon as the database is back from its last death."""
    give_up_s = time.monotonic() + PATIENCE_S
    conn = None
    while conn is None:
        with suppress(psycopg.OperationalError):
            conn = psycopg.connect(make_conninfo(dsn, connect_timeout=5))
        if conn is None:
            if time.monotonic() > give_up_s:
                raise TimeoutError(f"no database for {PATIENCE_S:g} s")
            time.sleep(0.1)
    with conn:
        yield conn
