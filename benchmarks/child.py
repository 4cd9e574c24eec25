"""Measure in a fresh process: its memory is its own, its CPU time starts at nothing.

    python -m benchmarks.child MODULE:FUNCTION '{"argument": 1}'

The function returns a dictionary of JSON; the peak of memory is added to it.
"""

import importlib
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

KIB = 1024
Facts = dict[str, Any]


class ChildFailedError(RuntimeError):
    """The process ended without a result: what it said last."""


def measure_in_child(
    target: str, arguments: Facts, *, timeout_s: float | None = None
) -> Facts:
    """Call ``module:function`` with keyword arguments in a process of its own.

    Raises
    ------
    ChildFailedError
        If it fails, or takes longer (on the wall's clock) than `timeout_s`.
    """
    command = [sys.executable, "-m", "benchmarks.child", target, json.dumps(arguments)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired:
        raise ChildFailedError(f"not over after {timeout_s:g} s") from None
    if done.returncode != 0:
        raise ChildFailedError((done.stderr or "no word").strip().splitlines()[-1])
    facts: Facts = json.loads(done.stdout.splitlines()[-1])
    return facts


def main() -> None:
    """Call, and print the result with `peak_mb`."""
    module, _, function = sys.argv[1].partition(":")
    call = getattr(importlib.import_module(module), function)
    facts = call(**json.loads(sys.argv[2]))
    print(json.dumps(facts | {"peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # The peak of getrusage would be that of whoever started this process, if that
        # was larger: Linux carries it over exec.
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(fields["VmHWM"].split()[0]) / KIB
    # macOS counts in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB**2


if __name__ == "__main__":
    main()
