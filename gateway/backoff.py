"""Pauses that double until something works again."""

import time

FIRST_S = 0.2
LONGEST_S = 5.0


class Backoff:
    """How long to leave somebody alone who is not there."""

    def __init__(self) -> None:
        self._pause_s = FIRST_S
        self._until_s = 0.0  # time.monotonic()

    def remaining_s(self) -> float:
        """Tell how long the pause still lasts."""
        return max(0.0, self._until_s - time.monotonic())

    def lengthen(self) -> float:
        """Start a pause, twice as long as the last one; return its length, s."""
        pause_s = self._pause_s
        self._until_s = time.monotonic() + pause_s
        self._pause_s = min(LONGEST_S, 2 * pause_s)
        return pause_s

    def reset(self) -> None:
        """Be quick again: it worked."""
        self._pause_s, self._until_s = FIRST_S, 0.0
