"""Mosquitto as `docs/operations.md` sets it up, on a free port; or that of --broker."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from backend.embedded.loopback import HOST, find_free_port, is_listening

CONFIG = """
listener {port} 127.0.0.1
allow_anonymous true
max_inflight_messages 4000
max_queued_messages 0
persistence {persistence}
persistence_location {folder}/
autosave_interval 60
log_dest none
"""
DEFAULT_PORT = 1883


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a broker listens."""

    host: str
    port: int
    pid: int | None = None


@contextmanager
def broker(url: str | None = None, *, is_lasting: bool = True) -> Iterator[Address]:
    """Yield a broker.

    Raises
    ------
    LookupError
        If none was given and none is installed.
    """
    if url is not None:
        parts = urlsplit(url)
        yield Address(host=parts.hostname or HOST, port=parts.port or DEFAULT_PORT)
        return
    program = which("mosquitto") or which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise LookupError("mosquitto is not installed, and no --broker was given")
    port = find_free_port()
    with TemporaryDirectory(prefix="ullage-bench-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        config = folder / "mosquitto.conf"
        config.write_text(
            CONFIG.format(port=port, folder=folder, persistence=str(is_lasting).lower())
        )
        with subprocess.Popen([program, "-c", str(config)]) as child:
            try:
                while not is_listening(port):
                    time.sleep(0.05)
                yield Address(host=HOST, port=port, pid=child.pid)
            finally:
                child.terminate()
                child.wait()
