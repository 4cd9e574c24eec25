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

from host.world import World

FIRMWARE = Path(__file__).parent.parent
MICROPYTHON = Path(sys.executable).parent / "micropython"
_TIMEOUT_S = 20.0
_KILLED = -9


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake:
    """How a wake ended; `sleep_ms` is None when the device did not go to sleep."""

    status: int
    sleep_ms: int | None
    console: str


def run_wake(
    bin_dir: Path,
    world: World,
    *,
    firmware_dir: Path = FIRMWARE,
    heap_kb: int = 128,
    timeout_s: float = _TIMEOUT_S,
) -> Wake:
    """Do one wake and wait until the device sleeps.

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
    """
    sleep_file = bin_dir / "sleep_ms"
    sleep_file.unlink(missing_ok=True)
    # Relative, as the interpreter keeps each module's path on the heap that a test
    # measures; on the device it is short.
    flash = os.path.relpath(firmware_dir, bin_dir)
    command = [
        str(MICROPYTHON),
        "-X",
        f"heapsize={heap_kb}K",
        f"{flash}/main.py",
    ]
    environment = _environment(bin_dir, world, flash)
    status, console = _run(command, environment, bin_dir, timeout_s)
    sleep_ms = int(sleep_file.read_text("ascii")) if sleep_file.exists() else None
    return Wake(status=status, sleep_ms=sleep_ms, console=console)


def _environment(bin_dir: Path, world: World, flash: str) -> dict[str, str]:
    is_first = not (bin_dir / "rtc_memory").exists()
    return world.as_environment() | {
        "MICROPYPATH": f"{flash}/host/standins:{flash}:.frozen",
        "BIN_POWER_ON": str(int(world.is_power_on or is_first)),
    }


def _run(
    command: list[str], environment: dict[str, str], bin_dir: Path, timeout_s: float
) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command,
            cwd=bin_dir,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return _KILLED, (error.stdout or b"").decode(errors="replace")
    return done.returncode, done.stdout.decode(errors="replace")
