"""A few bins of both kinds, and when readings flow."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from backend.embedded.broker import BrokerAddress
from benchmarks.faults.devices import Device
from benchmarks.faults.plugged import PluggedBin

if TYPE_CHECKING:
    from benchmarks.faults.told import Reporter

SLEEPY = tuple(f"bin-{number}" for number in range(6))
PLUGGED = ("plugged-0", "plugged-1")
FLOWING = 3  # bins that got an answer


class Fleet:
    """Some bins that report until they are told to finish."""

    def __init__(self, folder: Path, broker: BrokerAddress) -> None:
        folder.mkdir()
        self.devices = [Device(folder / name, name, broker) for name in SLEEPY]
        self.bins: list[Reporter] = [
            *self.devices,
            *(PluggedBin(name, broker) for name in PLUGGED),
        ]

    def wait_for_flow(self, timeout_s: float) -> None:
        """Wait until some bins get answers: to kill what idles proves nothing.

        Raises
        ------
        TimeoutError
            If they get none.
        """
        before = self._acked()
        give_up_s = time.monotonic() + timeout_s
        while self._moved_since(before) < FLOWING:
            if time.monotonic() > give_up_s:
                said = "\n".join(each.last_words() for each in self.bins)
                raise TimeoutError(f"no reading for {timeout_s:g} s\n{said}")
            time.sleep(0.02)

    def wait_for_silence(self, timeout_s: float, for_s: float) -> None:
        """Wait until nothing is acknowledged for a while.

        Raises
        ------
        TimeoutError
            If something always is.
        """
        give_up_s = time.monotonic() + timeout_s
        before = None
        while before != (before := self._acked()):
            if time.monotonic() > give_up_s:
                raise TimeoutError(f"readings still flow after {timeout_s:g} s")
            time.sleep(for_s)

    def finish(self, timeout_s: float) -> bool:
        """Measure no more; tell whether everything was acknowledged in time."""
        for each in self.bins:
            each.finish()
        give_up_s = time.monotonic() + timeout_s
        return all(
            each.wait(max(0.0, give_up_s - time.monotonic())) for each in self.bins
        )

    def close(self) -> None:
        """End all at once."""
        for each in self.bins:
            each.close()

    def _moved_since(self, before: list[tuple[int, int]]) -> int:
        return sum(a != b for a, b in zip(before, self._acked(), strict=True))

    def _acked(self) -> list[tuple[int, int]]:
        return [each.acked for each in self.bins]
