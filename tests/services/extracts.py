"""Tiny OSM extracts: a few nodes with tags, a few streets."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

ORIGIN = (24.94, 60.17)
STEP_DEG = 0.001
FIRST_CORNER = 1000


def write_extract(
    path: Path,
    nodes: Sequence[Mapping[str, str]] = (),
    *,
    ways: Sequence[Mapping[str, str]] = (),
) -> None:
    """Write nodes 1, 2, … with tags, and each way as two halves of a square block."""
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path)) as writer:
        for number, tags in enumerate(nodes, start=1):
            writer.add_node(Node(id=number, location=_place(number, 0), tags=tags))
        for number in range(len(ways)):
            for corner, (east, north) in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
                place = _place(number + east, 1 + north)
                writer.add_node(Node(id=_corner(number, corner), location=place))
        for number, tags in enumerate(ways):
            for half, corners in enumerate(((0, 1, 2), (2, 3, 0))):
                chain = [_corner(number, corner) for corner in corners]
                writer.add_way(Way(id=2 * number + half + 1, nodes=chain, tags=tags))


def _corner(number: int, corner: int) -> int:
    return FIRST_CORNER + 10 * number + corner


def _place(east: int, north: int) -> tuple[float, float]:
    return ORIGIN[0] + east * STEP_DEG, ORIGIN[1] + north * STEP_DEG
