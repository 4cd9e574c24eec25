"""Every dimension of the enclosure, from `hardware/enclosure.toml`."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "enclosure.toml"
# The first is what the file says; of others it says what differs.
BOXES = ("cell_18650", "cell_d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sensor:
    """The range sensor at its largest, and what it sees.

    It lies on its face: eyes down through the floor, ears on bosses, a seal of
    `seal_mm` between its face and the floor. `height_mm` is without eyes; an eye is a
    cylinder of `eye_height_mm` with the vibrating face, `face_height_mm`, on it.
    """

    part_number: str
    length_mm: float
    width_mm: float
    height_mm: float
    eye_distance_mm: float
    eye_diameter_mm: float
    eye_height_mm: float
    face_diameter_mm: float
    face_height_mm: float
    ear_length_mm: float
    ear_width_mm: float
    ear_height_mm: float
    screw_distance_mm: float
    boot_length_mm: float
    boot_diameter_mm: float
    beam_angle_deg: float
    blind_mm: float
    range_mm: float
    y_mm: float
    seal_mm: float

    @property
    def ear_z_mm(self) -> float:
        """Where its ears stand on their bosses."""
        return self.seal_mm + self.height_mm - self.ear_height_mm

    @property
    def face_z_mm(self) -> float:
        """Where the vibrating faces are."""
        return self.seal_mm - self.eye_height_mm - self.face_height_mm


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """The room of the board on its posts; `z_mm` is its underside.

    The module's antenna is in the middle of its -y edge, `antenna_length_mm` deep.
    """

    length_mm: float
    width_mm: float
    corner_mm: float
    thickness_mm: float
    parts_above_mm: float
    parts_below_mm: float
    screw_x_mm: float
    screw_y_mm: float
    hole_mm: float
    y_mm: float
    z_mm: float
    antenna_length_mm: float
    antenna_width_mm: float
    antenna_free_mm: float

    @property
    def top_mm(self) -> float:
        """Where its parts stand."""
        return self.z_mm + self.thickness_mm

    @property
    def half_below_mm(self) -> float:
        """How far from its middle parts may be below it: beyond are the posts."""
        return self.screw_x_mm - 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell, or the round capacitor beside one: along x, in foam of `foam_mm`."""

    diameter_mm: float
    length_mm: float
    x_mm: float
    y_mm: float
    z_mm: float
    foam_mm: float
    mass_g: float

    @property
    def saddle_mm(self) -> float:
        """How wide what holds it is: it and its foam."""
        return self.diameter_mm + 2 * self.foam_mm


@dataclass(frozen=True, kw_only=True, slots=True)
class Plug:
    """The sensor's plug on the board, with the bend of its wires."""

    length_mm: float
    width_mm: float
    height_mm: float
    x_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Slack:
    """Where the rest of the sensor's cable lies, on the floor."""

    x_mm: float
    y_mm: float
    length_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Port:
    """Two threaded holes: the gland's in the wall at -x, the vent's in the floor."""

    thread_mm: float
    hole_mm: float
    nut_diameter_mm: float
    nut_height_mm: float
    gland_inside_mm: float
    gland_outside_mm: float
    vent_outside_mm: float
    washer_mm: float
    gland_y_mm: float
    gland_z_mm: float
    vent_x_mm: float
    vent_y_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Shell:
    """The body's inside at its rim, its walls, and the cover."""

    length_mm: float
    width_mm: float
    height_mm: float
    wall_mm: float
    corner_mm: float
    draft_deg: float
    rim_width_mm: float
    rim_height_mm: float
    cover_mm: float
    rib_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """The cord between body and cover; `land_mm` lies between it and the inside."""

    land_mm: float
    groove_width_mm: float
    groove_depth_mm: float
    cord_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Screws:
    """Where screws are, and their holes; `…_out_mm` is from the inside of the wall."""

    cover_pilot_mm: float
    cover_hole_mm: float
    cover_ear_radius_mm: float
    cover_x_mm: float
    cover_out_mm: float
    pilot_depth_mm: float
    sensor_pilot_mm: float
    sensor_boss_radius_mm: float
    board_pilot_mm: float
    board_post_radius_mm: float
    mount_hole_mm: float
    mount_ear_radius_mm: float
    mount_out_mm: float
    mount_y_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Baffle:
    """The block around the eyes, below the floor; `bore_mm` is on the inside."""

    height_mm: float
    wall_mm: float
    bore_mm: float
    flare_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The recess of the QR label in the floor's outside."""

    x_mm: float
    y_mm: float
    length_mm: float
    width_mm: float
    depth_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Mount:
    """What both mounts have in common, and the leg of the one for a wall."""

    plate_mm: float
    gap_mm: float
    insert_mm: float
    boss_radius_mm: float
    fixing_mm: float
    fixing_x_mm: float
    fixing_y_mm: float
    wall_y_mm: float
    wall_height_mm: float
    gusset_mm: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What the checks hold."""

    wall_mm: float
    clearance_mm: float
    draft_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Materials:
    """What things weigh."""

    asa_g_cm3: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimensions:
    """All of it; a capacitor only beside a cell that gives too little at once."""

    sensor: Sensor
    board: Board
    cell: Cell
    capacitor: Cell | None = None
    plug: Plug
    slack: Slack
    port: Port
    shell: Shell
    seal: Seal
    screws: Screws
    baffle: Baffle
    label: Label
    mount: Mount
    limits: Limits
    materials: Materials

    @property
    def cells(self) -> dict[str, Cell]:
        """All that lies in saddles, by name."""
        if self.capacitor is None:
            return {"cell": self.cell}
        return {"cell": self.cell, "capacitor": self.capacitor}


def load_dimensions(path: Path = DATA, *, box: str = BOXES[0]) -> Dimensions:
    """Read the file for one box; a missing or an unknown name is refused."""
    tables: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    del tables["containers"]
    differing: dict[str, Any] = {BOXES[0]: {}, **tables.pop("boxes")}
    for name, table in differing[box].items():
        tables[name] = {**tables.get(name, {}), **table}
    kinds: dict[str, Any] = {each.name: each.type for each in fields(Dimensions)}
    kinds["capacitor"] = Cell
    return Dimensions(**{name: kinds[name](**table) for name, table in tables.items()})
