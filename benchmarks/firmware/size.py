"""How large each application is, compiled: what an update of it brings."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from host.build import build, build_relay

from benchmarks.report import Figure

KB = 1024
GOAL_KB = 40


def measure() -> Iterator[Figure]:
    """Compile each, as `build.py` makes them, and weigh the `.mpy` files."""
    builds: dict[str, Callable[[Path], None]] = {
        "bin": build,
        "bin, for a relay": partial(build, transports=("wifi", "espnow")),
        "bin, for LTE-M": partial(build, transports=("wifi", "lte")),
        "relay": build_relay,
    }
    for case, make in builds.items():
        with TemporaryDirectory() as name:
            make(Path(name))
            total = sum(each.stat().st_size for each in Path(name).rglob("*.mpy"))
        yield Figure(
            bench="firmware",
            case=case,
            figure="app_mpy_kb",
            value=total / KB,
            unit="KB",
            goal=GOAL_KB,
            digits=1,
        )
