"""No wait without an end: how much of a time is left."""

from time import ticks_add, ticks_diff, ticks_ms  # type: ignore[attr-defined]


class Deadline:
    """A moment some ms from now, or an earlier one."""

    def __init__(self, ms: int, within: "Deadline | None" = None) -> None:
        if within is not None:
            ms = min(ms, within.left_ms())
        self._at = ticks_add(ticks_ms(), ms)

    def left_ms(self) -> int:
        """Ms until then, 0 when it has passed."""
        return max(0, int(ticks_diff(self._at, ticks_ms())))
