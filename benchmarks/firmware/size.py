"""How large the whole application is, compiled: what an update brings."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from host.build import build

from benchmarks.report import Figure

KB = 1024
GOAL_KB = 40


def measure() -> Iterator[Figure]:
    """Compile it and weigh the `.mpy` files."""
    with TemporaryDirectory() as name:
        build(Path(name))
        total = sum(each.stat().st_size for each in Path(name).rglob("*.mpy"))
    yield Figure(
        bench="firmware",
        case="every module",
        figure="app_mpy_kb",
        value=total / KB,
        unit="KB",
        goal=GOAL_KB,
        digits=1,
    )
