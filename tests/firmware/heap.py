"""How much heap a chip has, and what the host takes of it for its own purposes."""

import subprocess
from pathlib import Path

from host.wake import MICROPYTHON

HEAP_KB = 48  # the ESP32 port starts with 56
# The interpreter's table of names doubles at the 631st. With the stand-ins of another
# transport there are some more; 150 of them are names of stand-ins, and no chip's. Its
# 640 new places take 7 KB, and scatter what lies around them.
_NAMES_KB = 8
_WEIGH = (
    "import gc; gc.collect(); before = gc.mem_alloc();"
    "import esp32, machine, network, time{}; gc.collect();"
    "print(gc.mem_alloc() - before)"
)


def chip_heap_kb(compiled: Path, folder: Path, *others: str) -> int:
    """Tell which heap a process needs so that the firmware has a chip's.

    The stand-ins are on it, which a chip has in its flash; what they weigh is measured,
    and that of `others`, which are not there for Wi-Fi.
    """
    done = subprocess.run(
        [MICROPYTHON, "-c", _WEIGH.format("".join(f", {each}" for each in others))],
        env={"MICROPYPATH": f"{compiled}/host/standins:.frozen"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return HEAP_KB + bool(others) * _NAMES_KB - -int(done.stdout) // 1024
