"""What a language must be able to say about a way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from backend.store.directions import Bend

Destination = Literal["bin", "facility", "depot"]
Side = Literal["left", "right", "ahead"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """The same said with and without the name of a street: `{street}`."""

    named: str
    plain: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language.

    Parameters
    ----------
    turns
        By bend; "straight" means to go on.
    exit
        Which exit of a roundabout to take: `{exit}`, from `ordinal`.
    along
        How far to follow what was turned into: `{distance}`.
    """

    depart: Phrase
    turns: Mapping[Bend, Phrase]
    exit: Phrase
    roundabout: Phrase
    u_turn: Phrase
    ferry: Phrase
    arrive: Mapping[Destination, Mapping[Side, str]]
    along: str
    ordinal: Callable[[int], str]
    decimal_sign: str
