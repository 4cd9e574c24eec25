"""What is of metal in the box, as solids: the module's antenna needs room from it."""

from build123d import Part

from hardware.enclosure import keep_ins
from hardware.enclosure.body import cover_screws, mount_screws
from hardware.enclosure.dimensions import Dimensions
from hardware.enclosure.shapes import Point, corners, disc

COVER_SCREW_MM, BOARD_SCREW_MM, MOUNT_SCREW_MM = 10.0, 8.0, 16.0


def make_metal(d: Dimensions) -> dict[str, Part]:
    """Make cells, screws, and what is outside of the sensor's two eyes."""
    cells = {name: keep_ins.make_cell(cell) for name, cell in d.cells.items()}
    sensor, board = d.sensor, d.board
    x_mm = sensor.screw_distance_mm / 2
    ears = [(x, sensor.y_mm) for x in (-x_mm, x_mm)]
    ear_top_mm = sensor.ear_z_mm + sensor.ear_height_mm
    holes = [
        (x, y + board.y_mm) for x, y in corners(board.screw_x_mm, board.screw_y_mm)
    ]
    cover_mm = d.shell.height_mm + d.shell.cover_mm
    from_below_mm = d.shell.height_mm - d.shell.rim_height_mm
    return {
        **cells,
        "sensor's eyes": _make_eyes(d),
        "sensor's screws": _make_screws(ears, 2.5, ear_top_mm, -BOARD_SCREW_MM),
        "board's screws": _make_screws(holes, 2.5, board.top_mm, -BOARD_SCREW_MM),
        "cover's screws": _make_screws(cover_screws(d), 3, cover_mm, -COVER_SCREW_MM),
        "mount's screws": _make_screws(
            mount_screws(d), 4, from_below_mm, MOUNT_SCREW_MM
        ),
    }


def _make_eyes(d: Dimensions) -> Part:
    sensor = d.sensor
    size = (sensor.eye_diameter_mm, sensor.face_z_mm, sensor.seal_mm - sensor.face_z_mm)
    return Part() + [disc(at, *size) for at in keep_ins.eyes(sensor)]


def _make_screws(
    at: list[Point], thread_mm: float, head_z_mm: float, length_mm: float
) -> Part:
    """Make screws from under their heads; a head is twice as wide, and as high."""
    low_mm = min(head_z_mm, head_z_mm + length_mm)
    head_mm = head_z_mm if length_mm < 0 else head_z_mm - thread_mm
    shanks = [disc(each, thread_mm, low_mm, abs(length_mm)) for each in at]
    heads = [disc(each, 2 * thread_mm, head_mm, thread_mm) for each in at]
    return Part() + shanks + heads
