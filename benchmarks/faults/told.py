"""What a bin can be asked, whatever it is made of."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a bin did until now: `made` counts the records of each epoch.

    `sent` counts records as often as they were sent, `sent_once` each of them once;
    `ahead` counts those that were sent before their turn as well, by design; `torn`
    counts the starts with a journal whose writing had been cut off.
    """

    made: dict[int, int]
    sent: int
    sent_once: int
    torn: int = 0
    ahead: int = 0


class Reporter(Protocol):
    """A bin that reports by itself until it is told to finish."""

    name: str

    @property
    def acked(self) -> tuple[int, int]:
        """Tell its epoch and how many records were acknowledged, quickly."""

    def finish(self) -> None:
        """Let it measure no more."""

    def wait(self, timeout_s: float) -> bool:
        """Wait until everything is acknowledged; False when that takes too long."""

    def close(self) -> None:
        """End it at once."""

    def last_words(self) -> str:
        """Say what it said last."""

    def tell(self) -> Told:
        """Say what was made and sent."""


def distance_mm(seq: int) -> int:
    """Tell what a bin measures, so that each record is known again (as `waking`)."""
    return 100 + seq % 4000
