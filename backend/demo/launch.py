"""Start everything the demo needs, on loopback, and keep it running."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

from backend.demo.found import CITIES, begin_today, found_city, plan_city
from backend.demo.progress import Progress
from backend.embedded.broker import BrokerConfig, EmbeddedBroker
from backend.embedded.loopback import HOST, find_free_port, is_listening
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from backend.embedded.service import Program
from backend.embedded.supervise import Supervisor
from backend.planning.jobs import prepare_queue
from backend.store.demo import count_awaited, find_clock_end
from backend.store.founding import set_clock
from backend.store.migrate import migrate
from backend.store.overview import load_now, load_organisation, load_plan_summary

POLL_S = 0.2
REAL_TIME = 1.0
PLAN_BUDGET_S = "5"
PATIENCE_S = 240.0
STEPS = 6


class DemoError(Exception):
    """The demo cannot go on; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoConfig:
    """What may be chosen about the demo; port 0 is a free port."""

    data_dir: Path
    port: int
    speed: float
    crew_vehicles: int
    for_s: float | None


def run_demo(config: DemoConfig) -> None:
    """Start services in order, found the city once, wait for its plan, then watch."""
    if config.port and is_listening(config.port):
        raise DemoError(
            f"port {config.port} is taken: stop what listens there, or choose another "
            "with --port N"
        )
    progress = Progress(steps=STEPS)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    with Supervisor() as supervisor, _ending_after(config.for_s):
        with progress.doing("starting PostgreSQL"):
            postgres = EmbeddedPostgres(
                PostgresConfig(data_dir=config.data_dir / "postgres")
            )
            supervisor.start(postgres)
        with progress.doing("preparing the city of Helsinki"):
            begins_at = _prepare(postgres.dsn, config.data_dir)
        with progress.doing("starting broker, gateway and application"):
            broker = EmbeddedBroker(BrokerConfig(data_dir=config.data_dir / "broker"))
            supervisor.start(broker)
            url = _start_programs(supervisor, postgres.dsn, broker, config)
        with progress.doing("putting the bins on the streets"):
            _start_life(supervisor, broker, config, url=url, begins_at=begins_at)
        with progress.doing("waiting until the bins have reported"):
            _wait(
                supervisor,
                postgres.dsn,
                lambda conn: count_awaited(conn) == 0,
                trouble="devices are silent",
            )
        with progress.doing("planning the day"):
            # Only now: a worker plans the day as soon as it finds it unplanned.
            supervisor.start(
                _program(
                    "worker", ["backend", "worker"], _settings(postgres.dsn), config
                )
            )
            _wait(
                supervisor,
                postgres.dsn,
                lambda conn: load_plan_summary(conn) is not None,
                trouble="no plan came",
            )
        _speed_up(postgres.dsn, config.speed)
        progress.ready(url)
        supervisor.watch()


@contextmanager
def _ending_after(seconds: float | None) -> Iterator[None]:
    """End the program after a time, wherever it is, as SIGTERM would."""
    if seconds is None:
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _prepare(dsn: str, data_dir: Path) -> datetime:
    """Migrate, found the city in an empty database, and let the clock go on."""
    with psycopg.connect(dsn) as conn:
        migrate(conn)
    prepare_queue(dsn)
    memory = data_dir / "demo.json"
    with psycopg.connect(dsn) as conn:
        if load_organisation(conn) is None:
            begins_at = begin_today(datetime.now(UTC))
            memory.write_text(json.dumps({"begins_at": begins_at.isoformat()}), "utf-8")
            found_city(conn, plan_city(begins_at))
            set_clock(conn, shown_at=begins_at, speed=REAL_TIME)
            return begins_at
        begins_at = datetime.fromisoformat(
            json.loads(memory.read_text("utf-8"))["begins_at"]
        )
        # While the demo was off its clock stood still.
        set_clock(conn, shown_at=find_clock_end(conn), speed=REAL_TIME)
        return begins_at


def _start_programs(
    supervisor: Supervisor, dsn: str, broker: EmbeddedBroker, config: DemoConfig
) -> str:
    port = config.port or find_free_port()
    settings = _settings(dsn) | {"ULLAGE_HOST": HOST, "ULLAGE_PORT": str(port)}
    address = broker.address
    gateway = {
        "ULLAGE_DATABASE": dsn,
        "ULLAGE_MQTT_HOST": address.host,
        "ULLAGE_MQTT_PORT": str(address.port),
        "ULLAGE_MQTT_USER": address.gateway_user,
        "ULLAGE_MQTT_PASSWORD": address.gateway_password,
        "ULLAGE_MQTT_VERSION": "3.1.1",  # all that this port of the broker speaks
    }
    supervisor.start(_program("gateway", ["gateway"], gateway, config))
    serve = _program("application", ["backend", "serve"], settings, config, port=port)
    supervisor.start(serve)
    return f"http://{HOST}:{port}"


def _settings(dsn: str) -> dict[str, str]:
    return {
        "ULLAGE_DATABASE": dsn,
        "ULLAGE_CITIES": str(CITIES),
        "ULLAGE_PLAN_BUDGET_S": PLAN_BUDGET_S,
    }


def _start_life(
    supervisor: Supervisor,
    broker: EmbeddedBroker,
    config: DemoConfig,
    *,
    url: str,
    begins_at: datetime,
) -> None:
    address = broker.address
    radio = {
        "ULLAGE_MQTT_HOST": address.host,
        "ULLAGE_MQTT_PORT": str(address.port),
        "ULLAGE_MQTT_USER": address.device_user,
        "ULLAGE_MQTT_PASSWORD": address.device_password,
    }
    command = ["backend", "fleet", "--url", url, "--begins-at", begins_at.isoformat()]
    command += ["--devices", str(config.data_dir / "devices")]
    command += ["--crew", str(config.crew_vehicles)]
    supervisor.start(_program("fleet", command, radio, config))


def _program(
    name: str,
    module: list[str],
    settings: Mapping[str, str],
    config: DemoConfig,
    *,
    port: int | None = None,
) -> Program:
    return Program(
        name,
        [sys.executable, "-m", *module],
        log_path=config.data_dir / f"{name}.log",
        environment={**os.environ, **settings},
        is_ready=None if port is None else lambda: is_listening(port),
    )


def _speed_up(dsn: str, speed: float) -> None:
    """Let the city live faster now that its day is planned."""
    with psycopg.connect(dsn) as conn:
        set_clock(conn, shown_at=load_now(conn), speed=speed)


def _wait(
    supervisor: Supervisor,
    dsn: str,
    is_done: Callable[[psycopg.Connection[Any]], bool],
    *,
    trouble: str,
) -> None:
    """Look after the services until something is true of the database."""
    give_up_s = time.monotonic() + PATIENCE_S
    while not _ask(dsn, is_done):
        if time.monotonic() > give_up_s:
            raise DemoError(f"{trouble} after {PATIENCE_S:.0f} s; the logs say why")
        supervisor.watch(POLL_S)


def _ask(dsn: str, is_done: Callable[[psycopg.Connection[Any]], bool]) -> bool:
    try:
        with psycopg.connect(dsn) as conn:
            return is_done(conn)
    except psycopg.OperationalError:
        return False  # it died, and the supervisor starts it again
