"""The peers are nobody's dependency: they are installed when they are asked for."""

import importlib.util
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

MODULES = {"pyvrp": "pyvrp", "vroom": "vroom", "hgs": "hygese", "ortools": "ortools"}
PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def ensure_installed(peers: Iterable[str]) -> None:
    """Install the dependency group `peers` if one of them is missing.

    Raises
    ------
    SystemExit
        Saying what to type, if it cannot be done from here.
    """
    missing = [peer for peer in peers if not _is_there(peer)]
    if not missing:
        return
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "install", "--python", sys.executable]
    command += ["--group", f"{PYPROJECT}:peers"]
    sys.stderr.write(f"installing {', '.join(missing)}: {shlex.join(command)}\n")
    if not uv.exists() or subprocess.run(command, check=False).returncode != 0:
        raise SystemExit(
            f"{', '.join(missing)} not installed; type: {shlex.join(command)}"
        )


def _is_there(peer: str) -> bool:
    return importlib.util.find_spec(MODULES[peer]) is not None
