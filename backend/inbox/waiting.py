"""Wait a little while for what the gateways make of messages."""

import time
from collections.abc import Callable, Collection

from backend.store.inbox import MessageOutcome

PATIENCE_S = 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 0.2

Take = Callable[[list[int]], dict[int, MessageOutcome]]


def wait_for(
    take: Take, numbers: Collection[int], *, patience_s: float
) -> dict[int, MessageOutcome]:
    """Gather the outcomes of some messages; those that are missing still wait."""
    give_up_s = time.monotonic() + patience_s
    pause_s = FIRST_PAUSE_S
    found: dict[int, MessageOutcome] = {}
    while True:
        found |= take([each for each in numbers if each not in found])
        if len(found) == len(numbers) or time.monotonic() >= give_up_s:
            return found
        time.sleep(pause_s)
        pause_s = min(LONGEST_PAUSE_S, 2 * pause_s)
