"""Copies of the design's files with one thing changed."""

import copy
from typing import Any

from hardware.design.placed import Sources, load_sources

SOURCES = load_sources()


def spoilt() -> Sources:
    """Give a copy that a test may change."""
    return Sources(
        board=copy.deepcopy(SOURCES.board),
        parts=copy.deepcopy(SOURCES.parts),
        chips=copy.deepcopy(SOURCES.chips),
    )


def part(sources: Sources, reference: str, **marks: str) -> dict[str, Any]:
    """Find the row of a part; `marks`: its module or battery, if there are several."""
    return next(
        row
        for row in sources.parts["parts"]
        if reference in row["references"]
        and all(row.get(key) == value for key, value in marks.items())
    )


def ends(sources: Sources, net: str) -> list[str]:
    found: list[str] = sources.board["nets"][net]["ends"]
    return found


def move(sources: Sources, end: str, *, to: str) -> None:
    """Take a pin off its net and put it on another."""
    for net in sources.board["nets"].values():
        if end in net["ends"]:
            net["ends"].remove(end)
    ends(sources, to).append(end)
