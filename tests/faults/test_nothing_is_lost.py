"""Readings flow, and whoever carries them is killed: none lost, none doubled.

ULLAGE_FAULT_KILLS sets how many (a few for every day, a thousand for a night), and
ULLAGE_FAULT_SEED which.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from backend.embedded.broker import EmbeddedBroker
from backend.embedded.leftovers import kill_processes
from backend.embedded.loopback import find_free_port
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from backend.store.migrate import migrate
from tests.services.broker import Broker
from tests.services.devices import add_device
from tests.services.fleet import Fleet, reporting
from tests.services.gateway import make_gateway
from tests.services.postgres import server_folder
from tests.services.wire import NOON

KILLS = int(os.environ.get("ULLAGE_FAULT_KILLS", "6"))
SEED = int(os.environ.get("ULLAGE_FAULT_SEED", "7"))
BINS = 8
LIFE_S = (0.6, 1.8)  # between two kills
PATIENCE_S = 60
ROOT = Path(__file__).parents[2]
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
COUNT = "SELECT count(*), count(DISTINCT (device_id, epoch, seq)) FROM reading"
# `wire.numbered` writes each record's seq into its distance and its minute.
COUNT_WRONG = """
SELECT count(*) FROM reading
WHERE distance_mm <> 100 + seq %% 10000 OR measured_at <> %s + seq * interval '1 min'"""
SAY_WHAT_WAS_LOST = "SELECT * FROM reading_gap"
SAY_WHAT_WAS_REFUSED = "SELECT reason FROM rejected_message"


class Installation:
    """Broker, gateway and database, each of which can be killed and comes back."""

    def __init__(self, folder: Path, broker: EmbeddedBroker, log_path: Path) -> None:
        self._folder = folder
        self._port = find_free_port()
        self._broker = broker
        self._launcher, self.dsn = self._launch()
        self._gateway = make_gateway(self.dsn, self.way_in, log_path)

    @property
    def way_in(self) -> Broker:
        address = self._broker.address
        return Broker(
            host=address.host,
            port=address.port,
            user=address.gateway_user,
            password=address.gateway_password,
        )

    def start_gateway(self) -> None:
        self._gateway.start()

    def kill_gateway(self) -> None:
        assert self._gateway.process is not None
        self._gateway.process.kill()
        self._gateway.process.wait()
        self._gateway.start()

    def kill_broker(self) -> None:
        assert self._broker.process is not None
        self._broker.process.kill()
        self._broker.process.wait()
        self._broker.start()

    def kill_postgres(self) -> None:
        """Kill all its processes, as a power cut would; its supervisor starts it."""
        server = self._server()
        kill_processes(server.cluster, server.cluster_name)

    def kill_launcher(self) -> None:
        """Kill the parent of PostgreSQL, and start it again as an operator would."""
        self._launcher.kill()
        self._end_launcher()
        self._launcher, _ = self._launch()

    def stop(self) -> None:
        self._gateway.stop()
        self._launcher.terminate()
        self._end_launcher()

    def _launch(self) -> tuple[subprocess.Popen[str], str]:
        launcher = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, str(self._folder), str(self._port)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert launcher.stdout is not None
        return launcher, launcher.stdout.readline().strip()

    def _end_launcher(self) -> None:
        self._launcher.wait(PATIENCE_S)
        assert self._launcher.stdout is not None
        self._launcher.stdout.close()

    def _server(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(PostgresConfig(data_dir=self._folder))


@pytest.fixture
def installation(own_broker, tmp_path) -> Iterator[Installation]:
    with server_folder() as folder:
        installation = Installation(folder, own_broker, tmp_path / "gateway.log")
        with psycopg.connect(installation.dsn) as conn:
            migrate(conn)
        installation.start_gateway()
        yield installation
        installation.stop()


@contextmanager
def connected_again(dsn: str) -> Iterator[psycopg.Connection]:
    """Connect as soon as the database is back from its last death."""
    give_up_s = time.monotonic() + PATIENCE_S
    while True:
        try:
            conn = psycopg.connect(make_conninfo(dsn, connect_timeout=5))
            break
        except psycopg.OperationalError:
            assert time.monotonic() < give_up_s
            time.sleep(0.1)
    with conn:
        yield conn


def report_through(
    installation: Installation, kills: list[Callable[[], None]]
) -> tuple[int, int]:
    """Let a fleet report while things are killed; return records made and acked."""
    with psycopg.connect(installation.dsn) as conn:
        names = [add_device(conn)[0] for _ in range(BINS)]
    chance = random.Random(SEED)
    with reporting(names, installation.way_in) as fleet:
        wait_for_flow(fleet)
        for kill in kills:
            time.sleep(chance.uniform(*LIFE_S))
            kill()
        wait_for_flow(fleet)
        assert fleet.finish(PATIENCE_S)
        return fleet.made, fleet.acked


def wait_for_flow(fleet: Fleet) -> None:
    """Wait until acks arrive: a kill of something that idles would prove nothing."""
    before, give_up_s = fleet.acked, time.monotonic() + PATIENCE_S
    while fleet.acked == before:
        assert time.monotonic() < give_up_s
        time.sleep(0.02)


def test_no_reading_is_lost_or_doubled_whoever_is_killed(installation):
    every = [
        installation.kill_gateway,
        installation.kill_postgres,
        installation.kill_launcher,
        installation.kill_broker,
    ]
    kills = list(islice(cycle(every), KILLS))

    made, acked = report_through(installation, kills)

    with connected_again(installation.dsn) as conn:
        assert conn.execute(COUNT).fetchone() == (made, made)
        assert conn.execute(COUNT_WRONG, (NOON,)).fetchone() == (0,)
        assert conn.execute(SAY_WHAT_WAS_LOST).fetchall() == []
        assert conn.execute(SAY_WHAT_WAS_REFUSED).fetchall() == []
    assert acked == made
