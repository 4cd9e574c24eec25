"""`ullage doctor` on a healthy set-up and on broken ones."""

import argparse
import json
import os
import socket
from pathlib import Path

import psycopg
import pytest

from backend.cli import doctor, examination
from backend.planning.jobs import prepare_queue
from backend.store.migrate import detect_level
from tests.services.cities import put_city
from tests.services.healthy import SERVED, SET_UP
from tests.services.postgres import scratch_database


@pytest.fixture
def environ(database: str, tmp_path: Path, monkeypatch) -> dict[str, str]:
    """Where everything is as it should be, as far as the machine allows."""
    pages = tmp_path / "static"
    pages.mkdir()
    for name in ("index.html", "drive.html", "sheet.html"):
        pages.joinpath(name).touch()
    monkeypatch.setattr(examination, "STATIC", pages)
    put_city(tmp_path, "espoo")
    prepare_queue(database)
    with psycopg.connect(database) as conn:
        conn.execute(SET_UP)
        conn.execute(SERVED)
    return {"ULLAGE_DATABASE": database, "ULLAGE_CITIES": str(tmp_path)}


def look(environ: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """Examine, by what was looked at."""
    return {
        each.what: (each.verdict, each.detail, each.remedy)
        for each in examination.examine(environ)
    }


def mess_up(environ: dict[str, str], statement: str) -> None:
    with psycopg.connect(environ["ULLAGE_DATABASE"]) as conn:
        conn.execute(statement.encode())


def test_a_healthy_set_up_has_nothing_to_mend(environ):
    findings = look(environ)

    faults = {what: found for what, found in findings.items() if found[0] != "ok"}
    assert faults == {}
    assert findings["organisation"][1] == "Espoo, UTC"
    assert findings["devices"][1] == "1 on bins, none silent"


@pytest.mark.parametrize(
    ("statement", "what", "verdict", "detail"),
    [
        ("DELETE FROM calibration", "bins", "warn", "1 without a calibration"),
        ("DELETE FROM container", "bins", "warn", "1 without a container"),
        (
            "DELETE FROM device_journal;"
            " UPDATE device_slot SET from_at = clock_now() - interval '4 hours'",
            "devices",
            "warn",
            "1 of 1 silent",
        ),
        (
            "UPDATE device_slot SET from_at = from_at - interval '5 hours';"
            " UPDATE device_journal SET heard_at = clock_now() - interval '4 hours'",
            "devices",
            "warn",
            "1 of 1 silent",
        ),
        ("DELETE FROM gateway_service", "gateways", "warn", "none has served yet"),
        (
            "UPDATE gateway_service SET to_at = to_at - interval '20 minutes'",
            "gateways",
            "warn",
            "none has served for 0:20",
        ),
        (
            "INSERT INTO clock (real_origin_at, shown_origin_at, speed)"
            " VALUES (now(), now(), 60)",
            "clock",
            "warn",
            "60 times",
        ),
        ("UPDATE organisation SET city = NULL", "city map", "warn", "no city"),
        (
            "UPDATE organisation SET city = 'oulu'",
            "city map",
            "warn",
            "oulu: no manifest; no oulu.roads.npz; no oulu.pmtiles",
        ),
        (
            "INSERT INTO rejected_message (received_at, topic, payload, reason)"
            " SELECT clock_now(), 't', '', unnest(ARRAY['rare', 'often', 'often'])",
            "rejected messages",
            "warn",
            "3 in the last day, mostly: often",
        ),
        (
            "INSERT INTO rejected_message (received_at, topic, payload, reason)"
            " VALUES (clock_now() - interval '25 hours', 't', '', 'old')",
            "rejected messages",
            "ok",
            "none in the last day",
        ),
        ("DROP TABLE procrastinate_jobs CASCADE", "planning queue", "FAIL", "missing"),
        (
            "DELETE FROM migration WHERE name = '0005_plans'",
            "migrations",
            "FAIL",
            "0005_plans not applied yet",
        ),
        (
            "INSERT INTO migration (name, sha256) VALUES ('9999_future', '')",
            "migrations",
            "FAIL",
            "the database is newer, it has 9999_future",
        ),
        (
            "UPDATE migration SET sha256 = '' WHERE name = '0005_plans'",
            "migrations",
            "FAIL",
            "0005_plans was changed",
        ),
        ("DROP TABLE rejected_message", "rejected messages", "FAIL", "does not exist"),
    ],
)
def test_a_fault_is_found_and_comes_with_a_remedy(
    environ, statement, what, verdict, detail
):
    mess_up(environ, statement)

    found = look(environ)[what]

    assert found[0] == verdict
    assert detail in found[1]
    assert bool(found[2]) is (verdict != "ok")


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("espoo.roads.npz", "espoo: no espoo.roads.npz"),
        ("espoo.pmtiles", "espoo: no espoo.pmtiles"),
    ],
)
def test_a_file_that_a_city_lacks_is_named_with_the_way_to_make_it(
    environ, name, detail
):
    Path(environ["ULLAGE_CITIES"], name).unlink()

    found = look(environ)["city map"]

    assert found[:2] == ("warn", detail)
    assert "`ullage city add FILE --name espoo`" in found[2]


def test_readings_in_the_default_partition_are_counted(environ):
    with psycopg.connect(environ["ULLAGE_DATABASE"]) as conn:
        if detect_level(conn) != "plain":
            assert look(environ)["partitions"][1] == "TimescaleDB makes them"
            return
    mess_up(
        environ,
        "INSERT INTO reading (device_id, measured_at, epoch, seq, received_at)"
        " VALUES (1, '2020-01-01Z', 1, 0, now())",
    )

    assert look(environ)["partitions"][:2] == ("warn", "1 readings outside")


def test_a_database_without_tables_is_told_from_a_newer_one(environ, postgres_dsn):
    with scratch_database(
        postgres_dsn, f"ullage_empty_{os.getpid()}", like="template0"
    ) as empty:
        findings = look(environ | {"ULLAGE_DATABASE": empty})

    assert findings["migrations"] == (
        "FAIL",
        "the database is empty",
        "run `ullage migrate`",
    )
    assert findings["bins"] == ("warn", "not checked: migrations first", "")


def test_an_organisation_and_bins_are_missed(environ):
    mess_up(environ, "TRUNCATE organisation CASCADE")

    findings = look(environ)

    assert findings["organisation"][:2] == ("warn", "none yet")
    assert findings["bins"][:2] == ("warn", "none yet")
    assert "ullage import bins" in findings["bins"][2]


@pytest.mark.parametrize(
    "conninfo", ["host=127.0.0.1 port=1 dbname=x", "no conninfo at all"]
)
def test_a_database_that_does_not_answer_leaves_the_rest_to_be_checked(
    environ, conninfo
):
    findings = look(environ | {"ULLAGE_DATABASE": conninfo})

    assert findings["database"][0] == "FAIL"
    assert "ULLAGE_DATABASE" in findings["database"][2]
    assert findings["clock"][1] == "not checked: migrations first"
    assert findings["gateway"][0] == "ok"


def test_every_setting_that_cannot_be_used_is_shown(environ):
    broken = {"ULLAGE_PORT": "http", "ULLAGE_HOST": "0.0.0.0", "ULLAGE_DATABASE": ""}

    verdict, detail, _ = look(environ | broken)["settings"]

    assert verdict == "FAIL"
    for name in broken:
        assert name in detail


def test_a_broker_is_knocked_at_when_one_is_named(environ):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        named = {"ULLAGE_MQTT_HOST": "127.0.0.1", "ULLAGE_MQTT_PORT": str(port)}
        there = look(environ | named)["MQTT broker"]
    gone = look(environ | named)["MQTT broker"]

    assert there == ("ok", f"127.0.0.1:{port} answers", "")
    assert gone[0] == "FAIL"
    assert "start the broker" in gone[2]


@pytest.mark.parametrize("port", ["mqtt", "70000", "-1"])
def test_a_port_that_is_none_is_a_broker_that_does_not_answer(environ, port):
    named = {"ULLAGE_MQTT_HOST": "127.0.0.1", "ULLAGE_MQTT_PORT": port}

    assert look(environ | named)["MQTT broker"][0] == "FAIL"


def test_pages_that_were_not_built_are_missed(environ, tmp_path):
    (tmp_path / "static" / "drive.html").unlink()

    assert look(environ)["web app"] == (
        "FAIL",
        "drive.html was not built",
        "run scripts/setup",
    )


def run_command(environ, monkeypatch, *options: str) -> int:
    for name, text in environ.items():
        monkeypatch.setenv(name, text)
    parser = argparse.ArgumentParser()
    doctor.register(parser.add_subparsers())
    arguments = parser.parse_args(["doctor", *options])
    status: int = arguments.run(arguments)
    return status


def test_each_check_is_a_line(environ, monkeypatch, capsys):
    environ["ULLAGE_PORT"] = "http"

    status = run_command(environ, monkeypatch)

    lines = capsys.readouterr().out.splitlines()
    assert status == 1
    assert len(lines) == len(examination.CHECKS)
    assert lines[1].startswith("FAIL  settings: ULLAGE_PORT=http not understood → ")
    assert lines[2] == "warn  database: not checked: settings first"


def test_the_same_is_to_be_had_as_json_lines(environ, monkeypatch, capsys):
    status = run_command(environ, monkeypatch, "--json")

    findings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert findings[2]["what"] == "database"
    assert {"what", "verdict", "detail", "remedy"} == findings[2].keys()
