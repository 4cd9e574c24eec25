"""What the stand-ins take of a heap; a chip has them in its flash."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from host.wake import MICROPYTHON

_WEIGH = (
    "import gc; gc.collect(); before = gc.mem_alloc();"
    "import esp32, machine, network, time{}; gc.collect();"
    "print(gc.mem_alloc() - before)"
)


def weigh_standins(compiled: Path, *others: str) -> int:
    """Weigh them, bytes, and `others`, which are not there for Wi-Fi."""
    script = _WEIGH.format("".join(f", {each}" for each in others))
    environment = {
        "MICROPYPATH": f"{compiled}/host/standins:.frozen",
        "BIN_POWER_ON": "1",
    }
    # They write where they are, as on a chip's power-on.
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [MICROPYTHON, "-c", script],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    return int(done.stdout)
