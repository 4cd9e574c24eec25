"""Run the unchanged firmware of a relay in a real MicroPython process."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from host.wake import FIRMWARE, MICROPYTHON
from host.world import Air, World


@contextmanager
def running_relay(
    folder: Path, air: Air, world: World, *, firmware_dir: Path = FIRMWARE
) -> Iterator["subprocess.Popen[bytes]"]:
    """Have a relay serve until the end of the block, when its power goes.

    Parameters
    ----------
    folder
        Its flash, with `config.json`; what its console said goes to `console` there.
    """
    flash = os.path.relpath(firmware_dir, folder)
    environment = world.as_environment() | air.as_environment()
    with (folder / "console").open("ab") as console:
        process = subprocess.Popen(
            [str(MICROPYTHON), "-X", "heapsize=256K", f"{flash}/relay/main.py"],
            cwd=folder,
            env=environment
            | {
                "MICROPYPATH": f"{flash}/host/standins:{flash}:.frozen",
                "BIN_POWER_ON": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
