"""Mistakes that a designer could make, each with where and how it is to be found."""

from collections.abc import Callable
from dataclasses import dataclass

from hardware.design.placed import Sources

Spoil = Callable[[Sources], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    spoil: Spoil
    where: str
    said: str


MISTAKES: list[Mistake] = []


def mistake(where: str, said: str) -> Callable[[Spoil], Spoil]:
    """Plant it: a fault is to be found there, and its words to contain these."""

    def plant(spoil: Spoil) -> Spoil:
        MISTAKES.append(Mistake(spoil=spoil, where=where, said=said))
        return spoil

    return plant


def remove_part(sources: Sources, reference: str) -> None:
    """Take a part off the board, and off its nets."""
    for row in sources.parts["parts"]:
        row["references"] = [each for each in row["references"] if each != reference]
    for net in sources.board["nets"].values():
        net["ends"] = [e for e in net["ends"] if not e.startswith(f"{reference}.")]
