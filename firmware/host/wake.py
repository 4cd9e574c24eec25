"""Run one wake of the unchanged firmware in a real MicroPython process.

Standard library only, so that a test, a demo and a shell can all use it.
`bin_dir` is the device: its `config.json`, RTC memory and clock. Time is the
caller's: each wake is told what time it is in its world.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from host.world import World

FIRMWARE = Path(__file__).parent.parent
MICROPYTHON = Path(sys.executable).parent / "micropython"
_TIMEOUT_S = 20.0
_KILLED = -9
_SLEEP_FILE = "sleep_ms"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake:
    """How a wake ended; `sleep_ms` is None when the device did not go to sleep."""

    status: int
    sleep_ms: int | None
    console: str


class Order(NamedTuple):
    """All that a process needs to be one wake of a bin."""

    folder: str
    environment: dict[str, str]
    arguments: list[str]
    timeout_s: float


def run_wake(
    bin_dir: Path, world: World, *, firmware_dir: Path = FIRMWARE, **how: Any
) -> Wake:
    """Do one wake and wait until the device sleeps; see `order_wake`."""
    status, console = _run(order_wake(bin_dir, world, firmware_dir=firmware_dir, **how))
    return Wake(status=status, sleep_ms=read_sleep_ms(bin_dir), console=console)


def order_wake(
    bin_dir: Path,
    world: World,
    *,
    firmware_dir: Path,
    heap_kb: float = 128,
    timeout_s: float = _TIMEOUT_S,
    is_metered: bool = False,
) -> Order:
    """Say what a process must be started with to be this wake.

    Parameters
    ----------
    bin_dir
        The device's folder. Its first wake is a power-on, whatever `world` says.
    firmware_dir
        Where `main.py`, `binnode` and `host/standins` are, as source or compiled.
    heap_kb
        MicroPython's heap. Source needs room for the compiler; compiled firmware
        is held to 48 by a test.
    timeout_s
        When the process is killed, as the watchdog would reset the chip.
    is_metered
        Whether what takes energy is noted, in the file `notes`; needs heap of its own.
    """
    (bin_dir / _SLEEP_FILE).unlink(missing_ok=True)
    # Relative, as the interpreter keeps each module's path on the heap that a test
    # measures; on the device it is short.
    flash = os.path.relpath(firmware_dir, bin_dir)
    program = f"{FIRMWARE}/host/metered.py" if is_metered else f"{flash}/main.py"
    return Order(
        folder=str(bin_dir),
        environment=_environment(bin_dir, world, flash),
        arguments=["-X", f"heapsize={round(heap_kb * 1024)}", program],
        timeout_s=timeout_s,
    )


def read_sleep_ms(bin_dir: Path) -> int | None:
    """Tell for how long the last wake sent the device to sleep, if it did."""
    sleep_file = bin_dir / _SLEEP_FILE
    return int(sleep_file.read_text("ascii")) if sleep_file.exists() else None


def _environment(bin_dir: Path, world: World, flash: str) -> dict[str, str]:
    is_first = not (bin_dir / "rtc_memory").exists()
    return world.as_environment() | {
        "MICROPYPATH": f"{flash}/host/standins:{flash}:.frozen",
        "BIN_POWER_ON": str(int(world.is_power_on or is_first)),
    }


def _run(order: Order) -> tuple[int, str]:
    try:
        done = subprocess.run(
            [str(MICROPYTHON), *order.arguments],
            cwd=order.folder,
            env=order.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=order.timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return _KILLED, (error.stdout or b"").decode(errors="replace")
    return done.returncode, done.stdout.decode(errors="replace")
