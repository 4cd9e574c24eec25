"""The command `ullage` as a person meets it."""

import os
import subprocess
import sys

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from backend.store.migrate import LOCK_KEY


def ullage(*words, **settings):
    return subprocess.run(
        [sys.executable, "-m", "backend", *words],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def empty_database(postgres_dsn):
    name = f"ullage_empty_{os.getpid()}"
    with psycopg.connect(postgres_dsn, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
        yield make_conninfo(postgres_dsn, dbname=name)
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_help_names_every_command():
    said = ullage("--help").stdout

    for name in (
        "demo",
        "serve",
        "worker",
        "migrate",
        "plan",
        "import",
        "city",
        "device",
        "rejected",
        "doctor",
    ):
        assert name in said


def test_migrate_brings_an_empty_database_up_to_date_once(empty_database):
    first = ullage("migrate", ULLAGE_DATABASE=empty_database)
    second = ullage("migrate", ULLAGE_DATABASE=empty_database)

    assert "applied 0001_time_and_places" in first.stdout
    assert (first.returncode, second.returncode) == (0, 0)
    assert "applied" not in second.stdout
    assert "up to date" in second.stdout


def test_two_migrations_at_once_wait_for_each_other(empty_database):
    command = [sys.executable, "-m", "backend", "migrate"]
    environment = os.environ | {"ULLAGE_DATABASE": empty_database}
    with psycopg.connect(empty_database) as conn:
        conn.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK_KEY,))
        both = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [each.wait(60) for each in both] == [0, 0]


def test_a_missing_database_setting_is_named():
    done = ullage("plan", ULLAGE_DATABASE="")

    assert done.returncode == 2
    assert "ULLAGE_DATABASE" in done.stderr


def test_a_database_that_does_not_answer_is_said_in_words(postgres_dsn):
    nowhere = "host=127.0.0.1 port=1 dbname=x user=x connect_timeout=2"

    done = ullage("serve", ULLAGE_DATABASE=nowhere)

    assert done.returncode == 2
    assert "does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_application_refuses_to_listen_to_the_world(database):
    done = ullage("serve", ULLAGE_DATABASE=database, ULLAGE_HOST="0.0.0.0")

    assert done.returncode == 2
    assert "loopback" in done.stderr


def test_a_plan_for_nobody_says_what_to_do_first(database):
    done = ullage("plan", ULLAGE_DATABASE=database)

    assert done.returncode == 2
    assert "ullage import bins" in done.stderr
