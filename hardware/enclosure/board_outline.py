"""The board's outline for whoever lays it out: a KiCad 6 board with nothing on it yet.

Edges, holes over the posts, the place of the sensor's plug, heights, and rule areas for
the antenna and the posts. The middle of the board is at (100, 100) mm; y is down there.
"""

from collections.abc import Iterator

from hardware.enclosure.dimensions import Board, Dimensions
from hardware.enclosure.shapes import Point, corners

ORIGIN_MM = 100.0
COPPER = ("F.Cu", "In1.Cu", "In2.Cu", "B.Cu")
# The head of an M2.5 screw, and a little.
COURTYARD_MM = 2.95
ALL = ("tracks", "vias", "pads", "copperpour", "footprints")
HALF_SQRT = 0.5**0.5

HEAD = """(kicad_pcb (version 20211014) (generator ullage)
  (general (thickness {thickness_mm}))
  (paper "A4")
  (layers
    (0 "F.Cu" signal) (1 "In1.Cu" power) (2 "In2.Cu" power) (31 "B.Cu" signal)
    (34 "B.Paste" user) (35 "F.Paste" user)
    (36 "B.SilkS" user "B.Silkscreen") (37 "F.SilkS" user "F.Silkscreen")
    (38 "B.Mask" user) (39 "F.Mask" user)
    (40 "Dwgs.User" user "User.Drawings") (41 "Cmts.User" user "User.Comments")
    (44 "Edge.Cuts" user) (45 "Margin" user)
    (46 "B.CrtYd" user "B.Courtyard") (47 "F.CrtYd" user "F.Courtyard")
    (48 "B.Fab" user) (49 "F.Fab" user))
  (net 0 "")"""
HOLE = """  (footprint "MountingHole:MountingHole_2.7mm_M2.5" (layer "F.Cu") (at {at})
    (attr exclude_from_pos_files exclude_from_bom)
    (fp_text reference "{name}" (at 0 -4) (layer "F.Fab") {effects})
    (fp_circle (center 0 0) (end {courtyard_mm} 0) (layer "F.CrtYd") (width 0.05))
    (fp_circle (center 0 0) (end {courtyard_mm} 0) (layer "B.CrtYd") (width 0.05))
    (pad "" np_thru_hole circle (at 0 0) (size {hole_mm} {hole_mm}) (drill {hole_mm})
      (layers *.Cu *.Mask)))"""
AREA = """  (zone (net 0) (net_name "") (layers {layers}) (name "{name}")
    (hatch edge 0.508) (connect_pads (clearance 0)) (min_thickness 0.254)
    (keepout {rules})
    (fill (thermal_gap 0.508) (thermal_bridge_width 0.508))
    (polygon (pts {points})))"""
TEXT_EFFECTS = "(effects (font (size 1 1) (thickness 0.15)))"


def render_outline(d: Dimensions) -> str:
    """Write the file."""
    parts = (_edges(d.board), _holes(d.board), _areas(d.board), _notes(d))
    head = HEAD.format(thickness_mm=d.board.thickness_mm)
    return "\n".join([head, *(line for each in parts for line in each), ")\n"])


def _at(point: Point) -> str:
    x, y = point
    return f"{ORIGIN_MM + x:.6g} {ORIGIN_MM - y:.6g}"


def _edges(board: Board) -> Iterator[str]:
    """Go around: a side, then the corner at its end."""
    x, y, r = board.length_mm / 2, board.width_mm / 2, board.corner_mm
    around = [
        ((x, r - y), (x, y - r), (1, 1), (x - r, y)),
        ((x - r, y), (r - x, y), (-1, 1), (-x, y - r)),
        ((-x, y - r), (-x, r - y), (-1, -1), (r - x, -y)),
        ((r - x, -y), (x - r, -y), (1, -1), (x, r - y)),
    ]
    end = '(layer "Edge.Cuts") (width 0.1))'
    for start, stop, (right, up), turned in around:
        reach = r * HALF_SQRT - r
        middle = (right * (x + reach), up * (y + reach))
        yield f"  (gr_line (start {_at(start)}) (end {_at(stop)}) {end}"
        arc = f"(start {_at(stop)}) (mid {_at(middle)}) (end {_at(turned)})"
        yield f"  (gr_arc {arc} {end}"


def _holes(board: Board) -> Iterator[str]:
    holes = corners(board.screw_x_mm, board.screw_y_mm)
    for number, at in enumerate(holes, start=1):
        yield HOLE.format(
            at=_at(at),
            name=f"H{number}",
            hole_mm=board.hole_mm,
            courtyard_mm=COURTYARD_MM,
            effects=TEXT_EFFECTS,
        )


def _areas(board: Board) -> Iterator[str]:
    """Keep copper from the antenna; parts too, but the module itself; none on posts."""
    edge_mm = -board.width_mm / 2
    inner_mm = edge_mm + board.antenna_length_mm
    half_mm = board.antenna_width_mm / 2
    far_mm = min(half_mm + board.antenna_free_mm, board.length_mm / 2)
    copper = tuple(each for each in ALL if each != "footprints")
    yield _area("antenna", COPPER, ((-far_mm, edge_mm), (far_mm, inner_mm)), copper)
    sides = [((-far_mm, edge_mm), (-half_mm, inner_mm))]
    sides.append(((half_mm, edge_mm), (far_mm, inner_mm)))
    for box in sides:
        yield _area("beside the antenna", ("F.Cu", "B.Cu"), box, ("footprints",))
    end_mm, side_mm = board.length_mm / 2, board.width_mm / 2
    for sign in (-1, 1):
        low, high = sorted((sign * board.half_below_mm, sign * end_mm))
        box = ((low, -side_mm), (high, side_mm))
        yield _area("posts", ("B.Cu",), box, ("footprints",))


def _area(
    name: str,
    layers: tuple[str, ...],
    box: tuple[Point, Point],
    forbids: tuple[str, ...],
) -> str:
    (x0, y0), (x1, y1) = box
    points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    rules = (f"({each} {'not_' * (each in forbids)}allowed)" for each in ALL)
    return AREA.format(
        layers=" ".join(f'"{each}"' for each in layers),
        name=name,
        rules=" ".join(rules),
        points=" ".join(f"(xy {_at(each)})" for each in points),
    )


def _notes(d: Dimensions) -> Iterator[str]:
    """Say how high parts may be, and where the sensor's plug is."""
    board, plug = d.board, d.plug
    low = (plug.x_mm - plug.length_mm / 2, -plug.width_mm / 2)
    high = (plug.x_mm + plug.length_mm / 2, plug.width_mm / 2)
    box = f"(start {_at(low)}) (end {_at(high)})"
    yield f'  (gr_rect {box} (layer "Dwgs.User") (width 0.15) (fill none))'
    below_mm, above_mm = board.parts_below_mm, board.parts_above_mm
    notes = [
        ((plug.x_mm, 5.0), "J2: sensor"),
        ((plug.x_mm, -5.0), f"{plug.height_mm:g} mm with its plug"),
        (
            (0.0, -board.width_mm / 2 - 4),
            "antenna of the module: this edge, the middle",
        ),
        ((0.0, board.width_mm / 2 + 6), f"parts above: {above_mm:g} mm"),
        ((0.0, board.width_mm / 2 + 4), f"parts below: {below_mm:g} mm, none on posts"),
    ]
    for at, text in notes:
        yield f'  (gr_text "{text}" (at {_at(at)}) (layer "Cmts.User") {TEXT_EFFECTS})'
