"""Find things by the names that people give."""

from collections.abc import Mapping
from typing import TypeVar

Thing = TypeVar("Thing")


class UnknownNameError(LookupError):
    """There is nothing of that name; the message says what there is."""


def pick(things: Mapping[str, Thing], name: str, *, what: str) -> Thing:
    """Find the thing of a name."""
    if name not in things:
        known = ", ".join(things)
        raise UnknownNameError(f"{what} {name!r} not understood: one of {known}")
    return things[name]
