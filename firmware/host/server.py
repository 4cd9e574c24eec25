"""Many wakes, a few milliseconds each: one process forks for every wake.

Starting the interpreter anew costs a tenth of a second, most of it CPython's own start.
A server that has it loaded already, and does nothing else, forks instead; the child is
the same real MicroPython, and ends like a chip that goes to sleep.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from host.wake import FIRMWARE, Order, Wake, order_wake, read_sleep_ms
from host.world import World


@dataclass(frozen=True, slots=True)
class WakeServer:
    """Does wakes one after the other; see `serving_wakes`."""

    process: "subprocess.Popen[str]"

    def run_wake(
        self, bin_dir: Path, world: World, *, firmware_dir: Path = FIRMWARE, **how: Any
    ) -> Wake:
        """Do one wake, as `host.wake.run_wake` does."""
        order = order_wake(bin_dir, world, firmware_dir=firmware_dir, **how)
        status, console = self._ask(order)
        return Wake(status=status, sleep_ms=read_sleep_ms(bin_dir), console=console)

    def _ask(self, order: Order) -> tuple[int, str]:
        print(json.dumps(order), file=_pipe(self.process.stdin), flush=True)
        answer = _pipe(self.process.stdout).readline()
        if not answer:
            raise RuntimeError("the server of wakes is gone; see its message above")
        status, console = json.loads(answer)
        return int(status), str(console)


@contextmanager
def serving_wakes() -> Iterator[WakeServer]:
    """Start a server of wakes, and end it with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "host.server"],
        cwd=FIRMWARE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield WakeServer(process)
    finally:
        _pipe(process.stdin).close()
        process.wait()
        _pipe(process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # asked for at the start
    return pipe


def _serve() -> None:
    # The foreign part, loaded once before any fork.
    import micropython_run

    for line in sys.stdin:
        order = Order(*json.loads(line))
        with tempfile.TemporaryFile() as console:
            child = os.fork()
            if not child:
                _become_a_bin(order, console.fileno(), micropython_run.run_main)
            status = _wait(child, order.timeout_s)
            console.seek(0)
            said = console.read().decode(errors="replace")
        print(json.dumps([status, said]), flush=True)


def _become_a_bin(order: Order, console: int, run_main: Any) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (console, 1), (console, 2)):
        os.dup2(source, target)
    os.chdir(order.folder)
    for name in list(os.environ):
        os.unsetenv(name)
    for name, value in order.environment.items():
        os.putenv(name, value)
    os._exit(run_main(["micropython", *order.arguments]))


def _wait(child: int, timeout_s: float) -> int:
    """Return the exit status; a child that takes too long is killed."""
    handle = os.pidfd_open(child)
    try:
        if not select.select([handle], [], [], timeout_s)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(handle)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    _serve()
