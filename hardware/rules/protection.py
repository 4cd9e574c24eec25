"""What keeps a device alive: reversal, over-discharge, surges, sparks, peaks, sleep.

Who does what is named by `roles` in `board.toml`.
"""

from collections.abc import Iterator

from hardware.design.board import GROUND, GROUND_PINS, End, Net
from hardware.design.parts import Kind, Place
from hardware.design.placed import Placed
from hardware.design.sleep import list_sleepers
from hardware.rules.fault import Fault
from hardware.rules.nets import pulls

RULE = "protection"
# Deep sleep, the whole board with all that may hang on it: 28 uA, and room for a part.
# Each uA is 0.024 mAh a day.
ASLEEP_MAX_UA = 32.0
# From the cell's volts to 3.3, at the converter's efficiency with a weak cell.
_CONVERTED, _SUPPLY_V = 0.85, 3.3
# Below what the converter gives with a burst on it, above where a module hangs.
_RESET_V = (2.7, 3.0)
# Large ceramics are too slow for the edges of a chip.
_QUICK_UF = 0.1
_BUFFERED = ("battery", "supply", "sensor_supply")


def protection_faults(device: Placed) -> Iterator[Fault]:
    """Find what a mistake of an installer or of the weather would break."""
    nets = {net.name: net for net in device.nets}
    yield from _cell_faults(device, nets)
    yield from _supervisor_faults(device)
    yield from _spark_faults(device)
    yield from _buffer_faults(device, nets)
    yield from _peak_faults(device)
    yield from _sleep_faults(device, nets)
    yield from _test_point_faults(device)
    yield from _fitting_faults(device)


def _cell_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    """Follow the cell: transistor, drain first; then the fuse; and no other way."""
    role = device.board.roles
    plug, transistor, fuse = role["battery_plug"], role["transistor"], role["fuse"]
    ways = {
        "cell": {f"{plug}.PLUS", f"{transistor}.D"},
        "protected": {f"{transistor}.S", f"{fuse}.1"},
    }
    for name, wanted in ways.items():
        found = {str(end) for end in nets[name].ends}
        for missing in sorted(wanted - found):
            what = f"the cell's way misses {missing}"
            yield Fault(rule=RULE, where=name, what=what)
        for beside in sorted(found - wanted):
            what = f"{beside} is on the cell, before what protects it"
            yield Fault(rule=RULE, where=name, what=what)
    if f"{fuse}.2" not in {str(end) for end in nets["battery"].ends}:
        what = f"the cell's way misses {fuse}.2"
        yield Fault(rule=RULE, where="battery", what=what)
    gate = device.net_of(End(reference=transistor, pin="G"))
    if gate is None or GROUND not in pulls(device, gate):
        yield Fault(
            rule=RULE, where=transistor, what="its gate does not lead to ground"
        )


def _supervisor_faults(device: Placed) -> Iterator[Fault]:
    """Hold that an empty cell is let go, at the volts of its chemistry; and resets."""
    role = device.board.roles
    name, reset = role["supervisor"], role["reset"]
    part = device.parts[name]
    wanted_v = device.battery.cut_off_v
    if part.cut_off_v != wanted_v:
        what = f"{part.part_number} cuts off at {part.cut_off_v} V, not {wanted_v:g}"
        yield Fault(rule=RULE, where=name, what=what)
    reset_v = device.parts[reset].cut_off_v or 0.0
    if not _RESET_V[0] <= reset_v <= _RESET_V[1]:
        what = (
            f"resets below {reset_v:g} V, wanted are {_RESET_V[0]:g} to {_RESET_V[1]:g}"
        )
        yield Fault(rule=RULE, where=reset, what=what)
    for end, other, what in (
        (
            f"{name}.RESET",
            f"{role['converter']}.EN",
            "does not switch the converter off",
        ),
        (f"{name}.VDD", f"{role['fuse']}.2", "does not watch the battery"),
        (f"{reset}.RESET", f"{device.board.module}.EN", "does not reset the module"),
        (f"{reset}.VDD", f"{device.board.module}.3V3", "does not watch the supply"),
    ):
        if not _are_joined(device, end, other):
            yield Fault(rule=RULE, where=end.split(".")[0], what=what)


def _are_joined(device: Placed, one: str, other: str) -> bool:
    return any({one, other} <= {str(end) for end in net.ends} for net in device.nets)


def _clamped(device: Placed, net: Net) -> bool:
    """Tell whether a diode leads from it to ground."""
    return any(
        end.reference.startswith("D")
        and end.reference in device.parts
        and end.pin not in GROUND_PINS
        for end in net.ends
    )


def _spark_faults(device: Placed) -> Iterator[Fault]:
    """Hold that the battery, and each line that a hand may meet, have a diode."""
    for net in device.nets:
        touched = [end for end in net.ends if _is_touched(device, end)]
        is_clamped, is_power = _clamped(device, net), net.direction == "power"
        if touched and not (is_power or is_clamped):
            what = f"{touched[0]} can be touched, and nothing takes a spark"
            yield Fault(rule=RULE, where=net.name, what=what)
        if net.name == "battery":
            if not is_clamped:
                yield Fault(rule=RULE, where=net.name, what="nothing clamps a surge")
        elif is_clamped and (is_power or not _has_plug(net)):
            what = "a diode where no spark comes in"
            yield Fault(rule=RULE, where=net.name, what=what)


def _is_touched(device: Placed, end: End) -> bool:
    """Tell whether a pin's line leaves the box, or is a plug's bus, reset or boot."""
    part, pin = device.parts.get(end.reference), device.pin_of(end)
    if part is None or pin is None:
        return False
    is_straight = pin.kind in {Kind.IO, Kind.OPEN} and end.reference.startswith("J")
    return part.leaves_box or is_straight


def _has_plug(net: Net) -> bool:
    return any(end.reference.startswith("J") for end in net.ends)


def _buffer_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    for name in _BUFFERED:
        if not any(end.reference.startswith("C") for end in nets[name].ends):
            yield Fault(rule=RULE, where=name, what="a supply without a capacitor")
    for net in nets.values():
        parts = [p for e in net.ends if (p := device.parts.get(e.reference))]
        has_chip = net.direction == "power" and any(p.i2c for p in parts)
        is_quick = any(p.uf and p.uf <= _QUICK_UF for p in parts)
        if has_chip and net.name != GROUND and not is_quick:
            what = "chips without a small capacitor beside them"
            yield Fault(rule=RULE, where=net.name, what=what)


def _peak_faults(device: Placed) -> Iterator[Fault]:
    """Hold converter, fuse and cell against the radio's peak, range sensor on."""
    role = device.board.roles
    peak_ma = device.chip.peak_ma + sum(
        part.peak_ma or 0.0
        for part in device.parts.values()
        if part.place is Place.CABLE and part.is_fitted
    )
    promised_ma = device.parts[role["converter"]].peak_ma or 0.0
    if promised_ma < peak_ma:
        what = f"promises {promised_ma:g} mA, the peak is {peak_ma:g}"
        yield Fault(rule=RULE, where=role["converter"], what=what)
    asked_ma = peak_ma * _SUPPLY_V / (_CONVERTED * device.battery.volts[0])
    cell = device.battery.cell
    for name, given_ma in (
        (cell, device.parts[cell].gives_ma),
        (role["fuse"], device.parts[role["fuse"]].hold_ma),
    ):
        if (given_ma or 0.0) < asked_ma:
            what = f"gives {given_ma or 0:g} mA, the peak asks {asked_ma:.0f}"
            yield Fault(rule=RULE, where=name, what=what)
    hold_ma = device.parts[role["fuse"]].hold_ma or 0.0
    if hold_ma >= (device.parts[cell].gives_ma or 0.0):
        what = f"holds {hold_ma:g} mA, and the cell may give no more"
        yield Fault(rule=RULE, where=role["fuse"], what=what)


def _sleep_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    asleep_ua = sum(each.asleep_ua for each in list_sleepers(device, with_options=True))
    if asleep_ua > ASLEEP_MAX_UA:
        what = f"{asleep_ua:.1f} uA asleep, allowed are {ASLEEP_MAX_UA:g}"
        yield Fault(rule=RULE, where="board", what=what)
    fed = f"{device.board.roles['sensor_plug']}.VCC"
    if fed not in {str(end) for end in nets["sensor_supply"].ends}:
        yield Fault(rule=RULE, where=fed, what="is fed while the module sleeps")
    if GROUND not in pulls(device, nets["sensor_power"]):
        what = "nothing keeps the sensor off while the pin floats"
        yield Fault(rule=RULE, where="sensor_power", what=what)


def _test_point_faults(device: Placed) -> Iterator[Fault]:
    """Hold that the bring-up can measure each supply, and what switches it."""
    switch = End(reference=device.board.roles["supervisor"], pin="RESET")
    for net in device.nets:
        is_behind_fuse = net.name not in {"cell", "protected"}
        is_asked = net.direction == "power" and is_behind_fuse
        has_point = any(end.reference.startswith("TP") for end in net.ends)
        if (is_asked or switch in net.ends) and not has_point:
            yield Fault(rule=RULE, where=net.name, what="no test point")


def _fitting_faults(device: Placed) -> Iterator[Fault]:
    """Hold that only plugs, and what hangs on them, may be left out."""
    for name, part in device.parts.items():
        is_plug = part.place is Place.BOARD and name.startswith("J")
        if not part.is_fitted and not is_plug and part.place is not Place.CABLE:
            yield Fault(rule=RULE, where=name, what="may be left out")
