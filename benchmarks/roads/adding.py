"""How long `ullage city add` takes, with everything that a city needs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.report import Figure
from benchmarks.roads.city import City

_MANY_STREETS = 5000
_FEW_GOAL_S, _MANY_GOAL_S = 5.0, 30.0


def lines_of_adding(city: City) -> Iterator[Figure]:
    """Add the city to an empty folder, without a database."""
    streets = len(np.unique(city.network.roads.edges.way))
    goal = _FEW_GOAL_S if streets < _MANY_STREETS else _MANY_GOAL_S
    case = f"{city.case.partition(',')[0]}, {streets} streets"
    with TemporaryDirectory() as folder:
        wall_s, cpu_s = _add(city.pbf, Path(folder))
    yield city.line("city_add_s", wall_s, "s", case=case, goal=goal, digits=2)
    yield city.line("city_add_cpu_s", cpu_s, "s CPU", case=case, goal=goal, digits=2)


def _add(pbf: Path, folder: Path) -> tuple[float, float]:
    settings = {
        key: value for key, value in os.environ.items() if not key.startswith("ULLAGE_")
    }
    settings["ULLAGE_CITIES"] = str(folder)
    command = [sys.executable, "-m", "backend", "city", "add", str(pbf.resolve())]
    begun_s = time.monotonic()
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(command, env=settings, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.monotonic() - begun_s
        said.seek(0)
        if process.returncode != 0:
            raise SystemExit(f"city add {pbf}: {said.read().strip()}")
    return wall_s, used.ru_utime + used.ru_stime
