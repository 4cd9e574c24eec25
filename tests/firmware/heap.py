"""How much heap a chip has, and what the host takes of it for its own purposes."""

from pathlib import Path

from host.weighing import weigh_standins

HEAP_KB = 48  # the ESP32 port starts with 56
# The interpreter's table of names doubles at the 631st. With the stand-ins of another
# transport there are some more; 150 of them are names of stand-ins, and no chip's. Its
# 640 new places take 7 KB, and scatter what lies around them.
_NAMES_KB = 8


def chip_heap_kb(compiled: Path, *others: str) -> int:
    """Tell which heap a process needs so that the firmware has a chip's.

    The stand-ins are on it, which a chip has in its flash; what they weigh is measured,
    and that of `others`, which are not there for Wi-Fi.
    """
    weight = weigh_standins(compiled, *others)
    return HEAP_KB + bool(others) * _NAMES_KB - -weight // 1024
