"""Saying how far a long work is."""

from typing import Protocol


class Tell(Protocol):
    """Hear of a step, and which share of it, 0..1, is done; a detail may follow."""

    def __call__(self, step: str, share: float, detail: str = "") -> None:
        """Hear it."""


def keep_quiet(*_told: object, **_named: object) -> None:
    """Tell nobody."""
