"""Boards with one slip of the pen each, of every kind that there is.

Mutation testing (DeMillo, Lipton and Sayward 1978, "Hints on test data selection")
of the rules of `hardware/rules`: what they let pass, a designer may get wrong unseen.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from hardware.design.board import GROUND_PINS, ITS_PIN
from hardware.design.placed import Sources

Nets = dict[str, Any]
Change = Callable[[Nets], None]
# Of these only matters what they are and what they join, not which of two it is.
_ALIKE = ("R", "C", "L", "F", "TP")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of the nets: its kind, what it does, and how."""

    kind: str
    what: str
    change: Change

    def apply(self, sources: Sources) -> Sources:
        """Make the board with this slip; `sources` stays as it is."""
        nets = {
            name: {**net, "ends": list(net["ends"])}
            for name, net in sources.board["nets"].items()
        }
        self.change(nets)
        return Sources(
            board={**sources.board, "nets": nets},
            parts=sources.parts,
            chips=sources.chips,
        )


def list_mutants(sources: Sources) -> list[Mutant]:
    """List all but those that make an equal circuit: two like resistors exchanged."""
    original = circuit_of(sources)
    return [
        mutant
        for make in (open_joints, misplaced_ends, exchanged_ends, joined_nets)
        for mutant in make(sources.board["nets"])
        if circuit_of(mutant.apply(sources)) != original
    ]


def draw_mutants(mutants: list[Mutant], count: int, *, seed: int) -> list[Mutant]:
    """Draw some of each kind."""
    drawn = random.Random(seed)
    kinds: dict[str, list[Mutant]] = {}
    for each in mutants:
        kinds.setdefault(each.kind, []).append(each)
    return [
        mutant
        for some in kinds.values()
        for mutant in drawn.sample(some, min(count, len(some)))
    ]


def open_joints(nets: Nets) -> Iterator[Mutant]:
    """Take each end off its net."""
    for name, end in _ends(nets):
        yield Mutant("open joint", f"{end} off {name}", _taking(name, end))


def misplaced_ends(nets: Nets) -> Iterator[Mutant]:
    """Put each end on each other net."""
    for (name, end), to in ((each, to) for each in _ends(nets) for to in nets):
        if to != name:
            what = f"{end} from {name} to {to}"
            yield Mutant("misplaced end", what, _moving(name, end, to))


def exchanged_ends(nets: Nets) -> Iterator[Mutant]:
    """Change over each two ends of one part: its pins are mixed up."""
    for (one, first), (other, second) in permutations(_ends(nets), 2):
        is_one_part = first.split(".")[0] == second.split(".")[0]
        if is_one_part and one < other:
            what = f"{first} for {second}"
            yield Mutant("pins mixed up", what, _exchanging(one, first, other, second))


def joined_nets(nets: Nets) -> Iterator[Mutant]:
    """Join each two nets."""
    for one, other in combinations(nets, 2):
        yield Mutant("joined nets", f"{one} and {other}", _joining(one, other))


def circuit_of(sources: Sources) -> Mapping[str, object]:
    """Tell what a board is, whatever its lines are called; like parts are alike."""
    nets: Nets = sources.board["nets"]
    numbers = {
        name: row["part_number"]
        for row in sources.parts["parts"]
        for name in row["references"]
    }
    # A supply is more than what is on it: its name stands for its volts.
    pins: dict[str, list[str]] = {
        name: [name] if net.get("direction") == "power" else []
        for name, net in nets.items()
    }
    joined: dict[str, list[str]] = {}
    for name, end in _ends(nets):
        reference, pin = end.split(".")
        if reference.startswith(_ALIKE):
            joined.setdefault(reference, []).append(name)
        elif pin == ITS_PIN:
            pins[name].append(f"{end} {name}")
        else:
            # The lines of an array of diodes are alike, too.
            is_line = reference[0] == "D" and pin not in GROUND_PINS
            pins[name].append(reference if is_line else end)
    known = {name: tuple(sorted(each)) for name, each in pins.items()}
    alike = Counter(
        (numbers[reference], *sorted(known[name] for name in names))
        for reference, names in joined.items()
    )
    return {"nets": Counter(known.values()), "alike": alike}


def _ends(nets: Nets) -> list[tuple[str, str]]:
    return [(name, end) for name, net in nets.items() for end in net["ends"]]


def _taking(name: str, end: str) -> Change:
    return lambda nets: nets[name]["ends"].remove(end)


def _moving(name: str, end: str, to: str) -> Change:
    def change(nets: Nets) -> None:
        nets[name]["ends"].remove(end)
        nets[to]["ends"].append(end)

    return change


def _exchanging(one: str, first: str, other: str, second: str) -> Change:
    def change(nets: Nets) -> None:
        _moving(one, first, other)(nets)
        _moving(other, second, one)(nets)

    return change


def _joining(one: str, other: str) -> Change:
    def change(nets: Nets) -> None:
        nets[one]["ends"] += nets.pop(other)["ends"]

    return change
