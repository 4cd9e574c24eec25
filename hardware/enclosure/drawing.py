"""The drawing: views of the solids without hidden lines, on one sheet, as SVG."""

from pathlib import Path

from build123d import (
    Box,
    Color,
    Compound,
    ExportSVG,
    Part,
    Pos,
    Shape,
    ShapeList,
    Text,
)

from hardware.enclosure.assembly import Assembly

BLACK = Color(0, 0, 0)
Point3 = tuple[float, float, float]

FAR_MM = 1000.0
# How far each solid is pulled along z in the exploded view.
EXPLODED = {
    "lid_mount": 130.0,
    "cover": 85.0,
    "cell": 55.0,
    "capacitor": 55.0,
    "board": 45.0,
    "plug": 45.0,
    "sensor": 35.0,
    "gland": 0.0,
    "body": 0.0,
    "vent": -30.0,
}


def draw(assembly: Assembly, path: Path) -> None:
    """Write the sheet: exploded, from below, cut through the eyes, the wall mount."""
    sheet = ExportSVG(scale=1.5, margin=8)
    sheet.add_layer("visible", line_weight=0.3)
    sheet.add_layer("text", line_weight=0.05, fill_color=BLACK)
    solids = assembly.solids
    _put(
        sheet, _look(_explode(assembly), (1, -1.6, 0.9)), (0, 0), "exploded, lid mount"
    )
    below = _look(solids["body"], (0.7, -1, -1.3))
    _put(sheet, below, (190, 110), "body from below: eyes, baffle, label, vent")
    cut = _look(_cut(assembly), (0, -1, 0))
    _put(sheet, cut, (190, 0), f"cut through the eyes; {_size(solids['body'])} mm")
    wall = Compound([solids[each] for each in ("wall_mount", "cover", "body")])
    _put(sheet, _look(wall, (1, -1.2, 0.7)), (190, -132), "wall mount")
    sheet.write(str(path))


def _explode(assembly: Assembly) -> Shape:
    solids = assembly.solids
    pulled = [(name, z) for name, z in EXPLODED.items() if name in solids]
    return Compound([Pos(0, 0, z) * solids[name] for name, z in pulled])


def _cut(assembly: Assembly) -> Shape:
    """Take away all that is nearer than the middle of the eyes."""
    y_mm = assembly.dimensions.sensor.y_mm
    nearer = Pos(0, y_mm - FAR_MM / 2, 0) * Box(FAR_MM, FAR_MM, FAR_MM)
    names = ("body", "cover", "sensor", "board", "plug", "cell")
    return Compound([assembly.solids[name] - nearer for name in names])


def _look(shape: Shape, towards: Point3) -> ShapeList:
    x, y, z = towards
    away: Point3 = (FAR_MM * x, FAR_MM * y, FAR_MM * z)
    visible, _ = shape.project_to_viewport(away, (0, 0, 1), (0, 0, 0))
    return visible


def _put(
    sheet: ExportSVG, view: ShapeList, at: tuple[float, float], title: str
) -> None:
    """Place a view with its middle at a point, and its title below."""
    box = Compound(list(view)).bounding_box()
    middle = box.center()
    place = Pos(at[0] - middle.X, at[1] - middle.Y)
    sheet.add_shape([place * each for each in view], layer="visible")
    low_mm = at[1] - box.size.Y / 2 - 8
    sheet.add_shape(Pos(at[0], low_mm) * Text(title, font_size=6), layer="text")


def _size(part: Part) -> str:
    size = part.bounding_box().size
    return f"{size.X:.0f} x {size.Y:.0f} x {size.Z:.0f}"
