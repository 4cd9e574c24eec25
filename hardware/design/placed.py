"""One device: the board with one of its modules and one of its batteries."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hardware.design.board import (
    CELL,
    ITS_PIN,
    Battery,
    Board,
    Cable,
    End,
    ModuleUse,
    Net,
    Volts,
    read_board,
)
from hardware.design.chips import Chip, read_chips
from hardware.design.parts import Kind, Part, Pin, read_parts

FOLDER = Path(__file__).parents[1]
_KINDS = {"in": Kind.IN, "analog": Kind.IN, "out": Kind.OUT, "bus": Kind.IO}
_SUPPLIES = {"GND", "3V3"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """The three files, as they are parsed; a test may spoil a copy."""

    board: Mapping[str, Any]
    parts: Mapping[str, Any]
    chips: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """The same, understood."""

    board: Board
    known: tuple[Part, ...]
    chips: Mapping[str, Chip]


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A device.

    `known`: the parts of all devices; `parts`: its own. `nets` have the ends that exist
    with this module and battery, the module's by the names of its pads. `left_open`:
    pins that are on purpose on none of them.
    """

    board: Board
    module: str
    use: ModuleUse
    chip: Chip
    battery: Battery
    known: tuple[Part, ...]
    parts: Mapping[str, Part]
    nets: tuple[Net, ...]
    cables: tuple[Cable, ...]
    left_open: frozenset[End]

    @property
    def name(self) -> str:
        """Name it."""
        return f"{self.module}, {self.battery.name}"

    def volts(self, net: Net) -> Volts | None:
        """Tell what a net carries."""
        if isinstance(net.volts, str):
            return self.battery.volts
        return net.volts

    def pin_of(self, end: End) -> Pin | None:
        """Find a pin, if there is such a one."""
        part = self.parts.get(end.reference)
        return part.pins.get(end.pin) if part else None

    def net_of(self, end: End) -> Net | None:
        """Find the net of a pin."""
        return next((net for net in self.nets if end in net.ends), None)


def load_sources() -> Sources:
    """Parse the files."""
    board, parts, chips = (
        tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
        for name in ("board", "parts", "chips")
    )
    return Sources(board=board, parts=parts, chips=chips)


def every_device(sources: Sources) -> Iterator[Placed]:
    """Place each module with each battery."""
    read = _read(sources)
    for module in read.board.modules:
        for battery in read.board.batteries:
            yield _place(read, module=module, battery=battery)


def place(sources: Sources, *, module: str, battery: str) -> Placed:
    """Choose what one device has; ValueError for what no device can have."""
    return _place(_read(sources), module=module, battery=battery)


def _read(sources: Sources) -> _Read:
    board, known = read_board(sources.board), read_parts(sources.parts)
    _refuse_unknown_marks(board, known)
    return _Read(board=board, known=known, chips=read_chips(sources.chips))


def _place(read: _Read, *, module: str, battery: str) -> Placed:
    board, known, chips = read.board, read.known, read.chips
    parts = _choose_parts(known, module=module, battery=battery)
    if module not in chips or board.module not in parts:
        raise ValueError(f"{board.module}, {module}: not in parts.toml and chips.toml")
    chip = chips[module]
    named = {name for part in known for name in part.references}
    ends = {
        net.name: tuple(
            _resolve(end, net=net, board=board, module=module, chip=chip)
            for end in net.ends
            if end.reference in parts or end.reference not in named
        )
        for net in board.nets
    }
    nets = tuple(
        replace(net, ends=ends[net.name])
        for net in board.nets
        if net.only in {None, module}
    )
    left_open = {
        end
        for net in board.nets
        if net.only not in {None, module}
        for end in ends[net.name]
        if end.reference in parts and end.pin in parts[end.reference].pins
    }
    pins = _module_pins(chip, nets=nets, module=board.module)
    parts[board.module] = replace(parts[board.module], pins=pins)
    return Placed(
        board=board,
        module=module,
        use=board.modules[module],
        chip=chip,
        battery=board.batteries[battery],
        known=known,
        parts=parts,
        nets=nets,
        cables=tuple(_cables(board, module=module, battery=battery)),
        left_open=frozenset(left_open),
    )


def _choose_parts(
    known: tuple[Part, ...], *, module: str, battery: str
) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for part in known:
        if part.is_with(module=module, battery=battery):
            for name in part.references:
                if name in parts:
                    raise ValueError(f"{name} is in two lines of parts.toml")
                parts[name] = part
    return parts


def _refuse_unknown_marks(board: Board, known: tuple[Part, ...]) -> None:
    """Refuse a slip of the pen: it would leave a net or a part out everywhere."""
    marks: list[tuple[str, str | None]] = [
        *((f"net {net.name}", net.only) for net in board.nets),
        *((f"cable {cable.name}", cable.only) for cable in board.cables),
        *((f"{part.references}", part.only) for part in known),
    ]
    for where, only in marks:
        if only is not None and only not in board.modules:
            raise ValueError(f"{where}: {only!r} is no module of board.toml")
    batteries = {
        *(each for part in known for each in part.batteries),
        *(cable.battery for cable in board.cables if cable.battery),
    }
    if unknown := batteries - set(board.batteries):
        raise ValueError(f"{sorted(unknown)}: no battery of board.toml")


def _resolve(end: End, *, net: Net, board: Board, module: str, chip: Chip) -> End:
    if end.reference != board.module or end.pin != ITS_PIN:
        return end
    use = board.modules[module]
    gpio = use.boot if net.name == "boot" else use.pins.get(net.name)
    return end if gpio is None else End(reference=end.reference, pin=f"IO{gpio}")


def _module_pins(chip: Chip, *, nets: tuple[Net, ...], module: str) -> dict[str, Pin]:
    """Give each pad the kind that the board uses it as; no net, no use."""
    kinds = {
        end.pin: _KINDS.get(net.direction, Kind.POWER_IN)
        for net in nets
        for end in net.ends
        if end.reference == module
    }
    return {
        name: Pin(
            name=name,
            numbers=numbers,
            kind=Kind.POWER_IN if name in _SUPPLIES else kinds.get(name, Kind.NOTHING),
        )
        for name, numbers in chip.pads.items()
    }


def _cables(board: Board, *, module: str, battery: str) -> Iterator[Cable]:
    for cable in board.cables:
        if cable.only in {None, module} and cable.battery in {None, battery}:
            is_cell = cable.part == CELL
            cell = board.batteries[battery].cell
            yield replace(cable, part=cell) if is_cell else cable
