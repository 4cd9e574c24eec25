"""Patience with other processes."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 20.0


def wait_for(ask: Callable[[], T], patience_s: float = PATIENCE_S) -> T:
    """Ask until the answer is true; return it."""
    give_up_s = time.monotonic() + patience_s
    while not (answer := ask()):
        assert time.monotonic() < give_up_s, f"still {answer!r}"
        time.sleep(0.02)
    return answer
