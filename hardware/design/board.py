"""The board of `board.toml`: nets, modules, batteries, cables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The module's pin of a net, whichever module it is.
ITS_PIN = "@"
CELL = "cell"
BATTERY, SUPPLY, GROUND = "battery", "supply", "ground"
# Pins that are ground, on whatever part.
GROUND_PINS = {"GND", "MINUS", "PAD"}
_WORDS = {"ends", "use", "direction", "wakes", "only", "volts", "why"}
DIRECTIONS = {"in", "out", "analog", "bus", "power"}
Volts = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class End:
    """A pin of a part."""

    reference: str
    pin: str

    def __str__(self) -> str:
        return f"{self.reference}.{self.pin}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Net:
    """What is joined, and why.

    `use`: what the firmware does with it: "out", "in", "analog", "bus", or nothing.
    `volts`: least and most; "battery": as the battery has it.
    """

    name: str
    ends: tuple[End, ...]
    use: str | None
    direction: str
    wakes: bool
    only: str | None
    volts: Volts | str | None
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleUse:
    """How the board uses a module."""

    uart: int
    modem_uart: int | None
    has_ext0: bool
    boot: int
    pins: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Battery:
    """A chemistry the board can live on."""

    key: str
    name: str
    cell: str
    box: str
    volts: Volts
    cut_off_v: float
    settings: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wire:
    """From a pin of a connector to one of what is plugged in; colour as IEC 60757."""

    pin: str
    colour: str
    far_pin: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cable:
    """What leads from a connector of the board to a part beside it."""

    name: str
    what: str
    only: str | None
    battery: str | None
    connector: str
    part: str
    length_mm: float
    section_mm2: float
    wires: tuple[Wire, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Excuse:
    """What a rule finds and is let stay; `says`: how the fault's words begin."""

    where: str
    says: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """All of it."""

    name: str
    revision: int
    module: str
    antenna_free_mm: float
    modules: Mapping[str, ModuleUse]
    batteries: Mapping[str, Battery]
    roles: Mapping[str, str]
    excused: tuple[Excuse, ...]
    sheets: Mapping[str, tuple[str, ...]]
    nets: tuple[Net, ...]
    cables: tuple[Cable, ...]


def read_board(content: Mapping[str, Any]) -> Board:
    """Read the content of `board.toml`."""
    board = content["board"]
    return Board(
        name=board["name"],
        revision=board["revision"],
        module=board["module"],
        antenna_free_mm=board["antenna_free_mm"],
        modules={name: _read_module(each) for name, each in content["modules"].items()},
        batteries={
            key: _read_battery(key, each) for key, each in content["batteries"].items()
        },
        roles=dict(content["roles"]),
        excused=tuple(Excuse(**each) for each in content.get("excused", [])),
        sheets={name: tuple(each) for name, each in content["sheets"].items()},
        nets=tuple(_read_net(name, each) for name, each in content["nets"].items()),
        cables=tuple(
            _read_cable(name, each) for name, each in content["cables"].items()
        ),
    )


def _read_module(row: Mapping[str, Any]) -> ModuleUse:
    return ModuleUse(
        uart=row["uart"],
        modem_uart=row.get("modem_uart"),
        has_ext0=row["ext0"],
        boot=row["boot"],
        pins=dict(row["pins"]),
    )


def _read_battery(key: str, row: Mapping[str, Any]) -> Battery:
    return Battery(
        key=key,
        name=row["name"],
        cell=row["cell"],
        box=row["box"],
        volts=_read_volts(row["volts"]),
        cut_off_v=row["cut_off_v"],
        settings=dict(row["settings"]),
    )


def _read_net(name: str, row: Mapping[str, Any]) -> Net:
    if unknown := sorted(set(row) - _WORDS):
        raise ValueError(f"net {name}: board.toml has no {unknown}")
    volts, direction = row.get("volts"), row.get("use") or row["direction"]
    if isinstance(volts, str) and volts != BATTERY:
        raise ValueError(f"net {name}: volts are two numbers, or {BATTERY!r}")
    if direction not in DIRECTIONS:
        raise ValueError(f"net {name}: {direction!r} is none of {sorted(DIRECTIONS)}")
    return Net(
        name=name,
        ends=tuple(_read_end(each) for each in row["ends"]),
        use=row.get("use"),
        direction=direction,
        wakes=row.get("wakes", False),
        only=row.get("only"),
        volts=volts if volts is None or isinstance(volts, str) else _read_volts(volts),
        why=row["why"],
    )


def _read_end(words: str) -> End:
    reference, pin = words.split(".")
    return End(reference=reference, pin=pin)


def _read_volts(pair: list[float]) -> Volts:
    least, most = pair
    return least, most


def _read_cable(name: str, row: Mapping[str, Any]) -> Cable:
    connector, part = row["ends"]
    return Cable(
        name=name,
        what=row["what"],
        only=row.get("only"),
        battery=row.get("battery"),
        connector=connector,
        part=part,
        length_mm=row["length_mm"],
        section_mm2=row["mm2"],
        wires=tuple(
            Wire(pin=pin, colour=colour, far_pin=far_pin)
            for pin, colour, far_pin in row["wires"]
        ),
    )
