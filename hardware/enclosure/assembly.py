"""All solids in their places, and what each of them may touch."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from build123d import Part

from hardware.enclosure import keep_ins
from hardware.enclosure.body import make_body
from hardware.enclosure.cover import make_cover
from hardware.enclosure.dimensions import Dimensions
from hardware.enclosure.mounts import make_lid_mount, make_wall_mount

Pair = frozenset[str]

# Made by the maker; everything else is bought, or is room that must stay free.
MADE = ("body", "cover", "lid_mount", "wall_mount")
MOULDED = ("body", "cover")
# The first stands or lies on the second: it is lifted off to measure what is beside it.
SEATED = (
    ("sensor", "body"),
    ("board", "body"),
    ("cover", "body"),
    ("plug", "board"),
    ("lid_mount", "body"),
    ("wall_mount", "body"),
)
# Screwed through a hole, in one sleeve, or what a thing itself sends out: they need not
# keep away.
JOINED = (
    ("gland", "body"),
    ("vent", "body"),
    ("beam", "sensor"),
    ("capacitor", "cell"),
)
# Never there at the same time.
EITHER = (("lid_mount", "wall_mount"),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Assembly:
    """Solids by name, in place."""

    dimensions: Dimensions
    solids: Mapping[str, Part]

    def pairs(self) -> list[tuple[str, str]]:
        """List all pairs that are there at the same time, the seated one first."""
        seated = {frozenset(each): each for each in SEATED}
        never = {frozenset(each) for each in EITHER}
        found = [frozenset(each) for each in combinations(self.solids, 2)]
        return [
            seated.get(each) or _ordered(each) for each in found if each not in never
        ]


def _ordered(pair: Pair) -> tuple[str, str]:
    first, second = sorted(pair)
    return first, second


def assemble(d: Dimensions) -> Assembly:
    """Make everything."""
    solids = {
        "body": make_body(d),
        "cover": make_cover(d),
        "lid_mount": make_lid_mount(d),
        "wall_mount": make_wall_mount(d),
        "sensor": keep_ins.make_sensor(d.sensor),
        "beam": keep_ins.make_beam(d.sensor),
        "board": keep_ins.make_board(d),
        "plug": keep_ins.make_plug(d),
        "slack": keep_ins.make_slack(d),
        "gland": keep_ins.make_gland(d),
        "vent": keep_ins.make_vent(d.port, floor_mm=d.shell.wall_mm),
    }
    cells = {name: keep_ins.make_cell(cell) for name, cell in d.cells.items()}
    return Assembly(dimensions=d, solids={**solids, **cells})
