"""Whether a board's outline, read from its KiCad file, is what the enclosure holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import dist, hypot

from simp_sexp import Sexp

from hardware.enclosure.board_outline import COPPER, ORIGIN_MM
from hardware.enclosure.dimensions import Board
from hardware.enclosure.shapes import Point, corners

ROUNDING_MM = 0.01
SCREW_HEAD_MM = 5.0

Box = tuple[Point, Point]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hole:
    """A hole without copper, from the board's middle."""

    at_mm: Point
    diameter_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A rule area: its layers, its corners, and what it does not allow."""

    layers: tuple[str, ...]
    corners_mm: list[Point]
    forbids: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """What a board's file says of its shape; `ends_mm` are those of edges and arcs."""

    ends_mm: list[Point]
    holes: list[Hole]
    areas: list[Area]


def read_outline(text: str) -> Outline:
    """Read the file; y is up again, and 0 the board's middle."""
    board = Sexp(text)
    edges = [
        each
        for kind in ("gr_line", "gr_arc")
        for each in board.search(f"/kicad_pcb/{kind}")
        if _value(each, "layer") == "Edge.Cuts"
    ]
    footprints = board.search("/kicad_pcb/footprint")
    return Outline(
        ends_mm=[_point(each, end) for each in edges for end in ("start", "end")],
        holes=[_hole(each) for each in footprints if _is_hole(each)],
        areas=[_area(each) for each in board.search("/kicad_pcb/zone")],
    )


def find_faults(outline: Outline, board: Board) -> list[str]:
    """List what does not agree with the enclosure, or with the antenna's rule."""
    return [
        *_edge_faults(outline, board),
        *_hole_faults(outline, board),
        *_antenna_faults(outline, board),
    ]


def _edge_faults(outline: Outline, board: Board) -> Iterator[str]:
    size = [max(side) - min(side) for side in zip(*outline.ends_mm, strict=True)]
    if dist(size, (board.length_mm, board.width_mm)) > ROUNDING_MM:
        yield f"the board is {size[0]:g} x {size[1]:g} mm"
    if set(Counter(_rounded(each) for each in outline.ends_mm).values()) != {2}:
        yield "its outline is not closed"


def _hole_faults(outline: Outline, board: Board) -> Iterator[str]:
    posts = {_rounded(each) for each in corners(board.screw_x_mm, board.screw_y_mm)}
    holes = {_rounded(each.at_mm) for each in outline.holes}
    if holes != posts:
        yield f"holes and posts differ: {sorted(holes ^ posts)}"
    for hole in outline.holes:
        if abs(hole.diameter_mm - board.hole_mm) > ROUNDING_MM:
            yield f"a hole of {hole.diameter_mm:g} mm"
        away_mm = _away_mm(hole.at_mm, _antenna(board)) - SCREW_HEAD_MM / 2
        if away_mm < board.antenna_free_mm:
            yield f"a screw's head {away_mm:.1f} mm from the antenna"


def _antenna_faults(outline: Outline, board: Board) -> Iterator[str]:
    (left, low), (right, high) = _antenna(board)
    end_mm, free_mm = board.length_mm / 2, board.antenna_free_mm
    wide = ((max(left - free_mm, -end_mm), low), (min(right + free_mm, end_mm), high))
    copper = {"tracks", "vias", "pads", "copperpour"}
    if not any(
        area.forbids >= copper
        and set(area.layers) >= set(COPPER)
        and _covers(area.corners_mm, wide)
        for area in outline.areas
    ):
        yield "copper may be beside the antenna, or below it"
    sides = [((wide[0][0], low), (left, high)), ((right, low), (wide[1][0], high))]
    free = [each for each in outline.areas if "footprints" in each.forbids]
    for side in sides:
        for layer in ("F.Cu", "B.Cu"):
            on = [each.corners_mm for each in free if layer in each.layers]
            if not any(_covers(each, side) for each in on):
                yield f"parts may be beside the antenna, on {layer}"


def _antenna(board: Board) -> Box:
    low_mm, half_mm = -board.width_mm / 2, board.antenna_width_mm / 2
    return (-half_mm, low_mm), (half_mm, low_mm + board.antenna_length_mm)


def _covers(area: list[Point], box: Box) -> bool:
    """Say whether all of a box is to one side of each edge of an area."""
    (left, low), (right, high) = box
    points = [(left, low), (right, low), (right, high), (left, high)]
    sides = [
        _side_mm(start, end, point)
        for start, end in zip(area, area[1:] + area[:1], strict=True)
        for point in points
    ]
    return min(sides) >= -ROUNDING_MM or max(sides) <= ROUNDING_MM


def _side_mm(start: Point, end: Point, point: Point) -> float:
    """Say how far a point is left of the line from start to end."""
    along = (end[0] - start[0], end[1] - start[1])
    across = along[0] * (point[1] - start[1]) - along[1] * (point[0] - start[0])
    return across / hypot(*along)


def _away_mm(at: Point, box: Box) -> float:
    (left, low), (right, high) = box
    across_mm = max(left - at[0], at[0] - right, 0.0)
    return hypot(across_mm, max(low - at[1], at[1] - high, 0.0))


def _rounded(at: Point) -> Point:
    return round(at[0], 2) + 0.0, round(at[1], 2) + 0.0


def _named(part: Sexp, name: str) -> Sexp:
    return next(each for each in part[1:] if isinstance(each, Sexp) and each[0] == name)


def _value(part: Sexp, name: str) -> str:
    return str(_named(part, name)[1])


def _moved(x: float, y: float) -> Point:
    return x - ORIGIN_MM, ORIGIN_MM - y


def _point(part: Sexp, name: str) -> Point:
    _, x, y = _named(part, name)
    return _moved(x, y)


def _is_hole(footprint: Sexp) -> bool:
    return bool(_named(footprint, "pad")[2] == "np_thru_hole")


def _hole(footprint: Sexp) -> Hole:
    drill_mm = _named(_named(footprint, "pad"), "drill")[1]
    return Hole(at_mm=_point(footprint, "at"), diameter_mm=float(drill_mm))


def _area(zone: Sexp) -> Area:
    points = [_moved(*each[1:]) for each in _named(_named(zone, "polygon"), "pts")[1:]]
    rules = _named(zone, "keepout")[1:]
    return Area(
        layers=tuple(str(each) for each in _named(zone, "layers")[1:]),
        corners_mm=points,
        forbids=frozenset(str(what) for what, rule in rules if rule == "not_allowed"),
    )
