"""What a supervisor can start, watch and stop."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from signal import SIGTERM
from typing import Protocol

from backend.embedded.child import start_child
from backend.embedded.errors import ServiceStartError
from backend.embedded.folder import read_tail

READY_POLL_S = 0.02
LOG_TAIL_BYTES = 2000


class Service(Protocol):
    """A part of the installation that runs beside us."""

    name: str

    def start(self) -> object:
        """Start it, and return when it serves."""

    def is_alive(self) -> bool:
        """Tell whether it runs."""

    def stop(self) -> None:
        """Stop it cleanly, if it runs."""


class Program:
    """A command line that runs until it is told to stop."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log_path: Path,
        environment: Mapping[str, str] | None = None,
        is_ready: Callable[[], bool] | None = None,
    ) -> None:
        self.name = name
        self._command = command
        self._log_path = log_path
        self._environment = environment
        self._is_ready = is_ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last, if it was not stopped."""
        return self._process

    def start(self, timeout_s: float = 30.0) -> None:
        """Start it; wait for `is_ready` if that was given.

        Raises
        ------
        ServiceStartError
            If it ends instead or takes too long; the message ends with its last words.
        """
        self._process = start_child(
            self._command,
            log_path=self._log_path,
            environment=self._environment,
            cwd=self._log_path.parent,
            death_signal=SIGTERM,
        )
        give_up_s = time.monotonic() + timeout_s
        while self._is_ready is not None and not self._is_ready():
            if not self.is_alive() or time.monotonic() > give_up_s:
                self.stop()
                raise ServiceStartError(
                    f"{self.name} did not start; the end of {self._log_path}:\n"
                    f"{read_tail(self._log_path, LOG_TAIL_BYTES)}"
                )
            time.sleep(READY_POLL_S)

    def is_alive(self) -> bool:
        """Tell whether it runs; a dead one is reaped here."""
        return self._process is not None and self._process.poll() is None

    def stop(self, timeout_s: float = 10.0) -> None:
        """Ask it to stop, and make it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
