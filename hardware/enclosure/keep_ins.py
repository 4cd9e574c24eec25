"""The parts that must fit, as solids where they are when everything is mounted."""

from math import radians, tan

from build123d import Cone, Part, Pos, Rot

from hardware.enclosure.dimensions import Cell, Dimensions, Port, Sensor
from hardware.enclosure.shapes import BOTTOM, block, disc, rod

BEAM_MM = 150.0
# No part of the board is nearer to the sensor's plug.
BESIDE_MM = 1.5


def eyes(sensor: Sensor) -> list[tuple[float, float]]:
    """Say where the middle of each eye is."""
    half_mm = sensor.eye_distance_mm / 2
    return [(-half_mm, sensor.y_mm), (half_mm, sensor.y_mm)]


def make_sensor(sensor: Sensor) -> Part:
    """Make the sensor: a box, its ears, its eyes, the boot of its cable towards +y."""
    at, seat_mm = (0.0, sensor.y_mm), sensor.seal_mm
    solid = block(at, (sensor.length_mm, sensor.width_mm), seat_mm, sensor.height_mm)
    ears = (sensor.ear_length_mm, sensor.ear_width_mm)
    solid += block(at, ears, sensor.ear_z_mm, sensor.ear_height_mm)
    for eye in eyes(sensor):
        neck_z_mm = seat_mm - sensor.eye_height_mm
        solid += disc(eye, sensor.eye_diameter_mm, neck_z_mm, sensor.eye_height_mm)
        solid += disc(
            eye, sensor.face_diameter_mm, sensor.face_z_mm, sensor.face_height_mm
        )
    boot_y_mm = sensor.y_mm + (sensor.width_mm + sensor.boot_length_mm) / 2
    boot = (sensor.boot_diameter_mm, sensor.boot_length_mm)
    boot_z_mm = seat_mm + (sensor.height_mm - sensor.boot_diameter_mm) / 2
    return solid + block((0, boot_y_mm), boot, boot_z_mm, sensor.boot_diameter_mm)


def make_beam(sensor: Sensor) -> Part:
    """Make what the eyes see, from just before the faces on."""
    start_mm = sensor.face_diameter_mm / 2
    end_mm = start_mm + BEAM_MM * tan(radians(sensor.beam_angle_deg / 2))
    cone = Rot(180, 0, 0) * Cone(start_mm, end_mm, BEAM_MM, align=BOTTOM)
    left, right = (Pos(*eye, sensor.face_z_mm) * cone for eye in eyes(sensor))
    return left + right


def make_board(d: Dimensions) -> Part:
    """Make the board with the room of its parts; posts stand under its corners."""
    board, at = d.board, (0.0, d.board.y_mm)
    size = (board.length_mm, board.width_mm)
    solid = block(at, size, board.z_mm, board.thickness_mm)
    # Nothing is soldered where the posts are.
    below = (2 * board.half_below_mm, board.width_mm)
    solid += block(at, below, board.z_mm - board.parts_below_mm, board.parts_below_mm)
    parts = block(at, size, board.top_mm, board.parts_above_mm)
    plug = (d.plug.length_mm + 2 * BESIDE_MM, d.plug.width_mm + 2 * BESIDE_MM)
    plug_at = (d.plug.x_mm, board.y_mm)
    return solid + (parts - block(plug_at, plug, board.top_mm, board.parts_above_mm))


def make_antenna_room(d: Dimensions) -> Part:
    """Make the antenna: metal stays away from it."""
    board = d.board
    at = (0.0, board.y_mm + (board.antenna_length_mm - board.width_mm) / 2)
    size = (board.antenna_width_mm, board.antenna_length_mm)
    return block(at, size, board.top_mm, 3.2)


def make_cell(cell: Cell) -> Part:
    """Make a cell, or the capacitor beside one."""
    start = (cell.x_mm - cell.length_mm / 2, cell.y_mm, cell.z_mm)
    return rod(start, cell.diameter_mm, cell.length_mm)


def make_plug(d: Dimensions) -> Part:
    """Make the sensor's plug, on the board."""
    size = (d.plug.length_mm, d.plug.width_mm)
    return block((d.plug.x_mm, d.board.y_mm), size, d.board.top_mm, d.plug.height_mm)


def make_slack(d: Dimensions) -> Part:
    """Make the room of the coiled cable."""
    size = (d.slack.length_mm, d.slack.width_mm)
    return block((d.slack.x_mm, d.slack.y_mm), size, 1.0, d.slack.height_mm)


def make_gland(d: Dimensions) -> Part:
    """Make the cable gland in the wall at -x: thread, nut inside, cap outside."""
    port = d.port
    lean_mm = (d.shell.height_mm - port.gland_z_mm) * tan(radians(d.shell.draft_deg))
    inner_mm = -d.shell.length_mm / 2 + lean_mm
    outer_mm = inner_mm - d.shell.wall_mm
    at = (port.gland_y_mm, port.gland_z_mm)
    end_mm = outer_mm - port.washer_mm - port.gland_outside_mm
    length_mm = inner_mm + port.gland_inside_mm - end_mm
    thread = rod((end_mm, *at), port.thread_mm, length_mm)
    cap = rod((end_mm, *at), port.nut_diameter_mm, port.gland_outside_mm)
    nut_mm = inner_mm + port.washer_mm
    return thread + cap + rod((nut_mm, *at), port.nut_diameter_mm, port.nut_height_mm)


def make_vent(port: Port, *, floor_mm: float) -> Part:
    """Make the vent in the floor: it lets air out, and no water in."""
    at = (port.vent_x_mm, port.vent_y_mm)
    low_mm = -floor_mm - port.washer_mm - port.vent_outside_mm
    top_mm = port.washer_mm + port.nut_height_mm
    nut = disc(at, port.nut_diameter_mm, port.washer_mm, port.nut_height_mm)
    cap = disc(at, port.nut_diameter_mm, low_mm, port.vent_outside_mm)
    return disc(at, port.thread_mm, low_mm, top_mm - low_mm) + nut + cap
