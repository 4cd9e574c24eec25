"""What cables join."""

from collections.abc import Iterator

from hardware.design.board import GROUND, GROUND_PINS, Cable, End, Wire
from hardware.design.parts import Part, Pin, Place
from hardware.design.placed import Placed
from hardware.design.tracing import pad_behind
from hardware.rules.fault import Fault

RULE = "harness"
# 1 A, and 0.1 ohm at most with its plugs.
_CELL_MM2 = 0.2
_RED, _BLACK = "RD", "BK"
SUPPLIES = {"VCC", "VDD", "VIN", "PLUS", "VBAT"}


def harness_faults(device: Placed) -> Iterator[Fault]:
    """Find wires that do not fit what they join, and connectors without a cable."""
    for cable in device.cables:
        yield from _cable_faults(device, cable)
    led = {end for cable in device.cables for end in (cable.connector, cable.part)}
    for name, part in device.parts.items():
        is_plug = name.startswith("J") and name != device.board.roles["service_plug"]
        is_one = part.place is Place.CABLE or (part.is_fitted and is_plug)
        if is_one and name not in led:
            yield Fault(rule=RULE, where=name, what="no cable leads to it")


def _cable_faults(device: Placed, cable: Cable) -> Iterator[Fault]:
    near, far = device.parts.get(cable.connector), device.parts.get(cable.part)
    if near is None or far is None:
        what = (
            f"leads from {cable.connector} to {cable.part}, of which one is not there"
        )
        yield Fault(rule=RULE, where=cable.name, what=what)
        return
    for wire in cable.wires:
        pin, far_pin = near.pins.get(wire.pin), far.pins.get(wire.far_pin)
        near_end = End(reference=cable.connector, pin=wire.pin)
        for what in (
            *_wire_faults(wire, pin, far_pin),
            *_net_faults(device, near_end),
        ):
            yield Fault(rule=RULE, where=cable.name, what=what)
    for side, part in (("pin", near), ("far_pin", far)):
        wired = [getattr(wire, side) for wire in cable.wires]
        for what in _end_faults(part, wired):
            yield Fault(rule=RULE, where=cable.name, what=what)
    if len({wire.colour for wire in cable.wires}) < len(cable.wires):
        yield Fault(rule=RULE, where=cable.name, what="two wires of one colour")
    if cable.part == device.battery.cell and cable.section_mm2 < _CELL_MM2:
        what = f"{cable.section_mm2:g} mm2 for a cell"
        yield Fault(rule=RULE, where=cable.name, what=what)


def _net_faults(device: Placed, end: End) -> Iterator[str]:
    """Hold that a plug's supply is one, and that its lines come from the module."""
    net = device.net_of(end)
    found = "nothing" if net is None else net.name
    is_power = net is not None and net.direction == "power"
    match _role(end.pin):
        case "ground":
            is_right = found == GROUND
        case "supply":
            is_right = is_power and found != GROUND
        case _:
            is_right = pad_behind(device, end) is not None
    if not is_right:
        yield f"{end} is on {found}"


def _end_faults(part: Part, wired: list[str]) -> Iterator[str]:
    for name in sorted(set(part.pins) - set(wired)):
        yield f"no wire at {name}"
    if len(set(wired)) < len(wired):
        yield "two wires at one pin"


def _wire_faults(wire: Wire, pin: Pin | None, far_pin: Pin | None) -> Iterator[str]:
    if pin is None or far_pin is None:
        yield f"{wire.pin} to {wire.far_pin}: one of them does not exist"
        return
    if pin.kind is not far_pin.kind or _role(pin.name) != _role(far_pin.name):
        yield f"{wire.pin} is no {wire.far_pin}"
    role = _role(pin.name)
    if (role == "ground") != (wire.colour == _BLACK):
        yield f"{wire.pin} is {wire.colour}: ground is black, and nothing else is"
    if (role == "supply") != (wire.colour == _RED):
        yield f"{wire.pin} is {wire.colour}: supply is red, and nothing else is"


def _role(name: str) -> str:
    if name in GROUND_PINS:
        return "ground"
    return "supply" if name in SUPPLIES else "line"
