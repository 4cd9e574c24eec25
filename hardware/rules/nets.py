"""What is joined: names, addresses, levels; the rest is in `circuit/circuit.py`."""

from collections import Counter
from collections.abc import Iterator

from hardware.design.board import GROUND, GROUND_PINS, SUPPLY, End, Net
from hardware.design.parts import Kind, Place
from hardware.design.placed import Placed
from hardware.design.tracing import through_resistors
from hardware.rules.fault import Fault

RULE = "nets"
_BUS_PINS = {"SDA": "i2c_sda", "SCL": "i2c_scl"}


def net_faults(device: Placed) -> Iterator[Fault]:
    """Find ends that do not exist, hang loose, or are where they do not work."""
    for net in device.nets:
        yield from _end_faults(device, net)
        if net.use == "bus" and SUPPLY not in pulls(device, net):
            yield Fault(rule=RULE, where=net.name, what="a bus without a pull-up")
    yield from _ground_faults(device)
    yield from _short_circuits(device)
    yield from _loose_parts(device)
    yield from _level_faults(device)
    yield from _strap_faults(device)
    yield from _address_faults(device)


def pulls(device: Placed, net: Net) -> dict[str, str]:
    """Give the power nets to which resistors lead, and by which resistor."""
    return {
        far.name: name
        for name, far in through_resistors(device, net)
        if far.direction == "power"
    }


def _end_faults(device: Placed, net: Net) -> Iterator[Fault]:
    if not net.why:
        yield Fault(rule=RULE, where=net.name, what="nobody says why")
    for end in net.ends:
        if device.pin_of(end) is None:
            yield Fault(rule=RULE, where=net.name, what=f"{end} does not exist")
        elif device.parts[end.reference].place is not Place.BOARD:
            yield Fault(rule=RULE, where=net.name, what=f"{end} is not on the board")
        elif _BUS_PINS.get(end.pin, net.name) != net.name:
            yield Fault(rule=RULE, where=str(end), what=f"is on {net.name}")


def _ground_faults(device: Placed) -> Iterator[Fault]:
    """Hold grounds on ground, supplies off it, and capacitors between the two."""
    for net in device.nets:
        for end in net.ends:
            pin = device.pin_of(end)
            if pin is None:
                continue
            is_below = end.reference[0] == "C" and end.pin == "2"
            is_ground = end.pin in GROUND_PINS or is_below
            is_fed = pin.kind in {Kind.POWER_IN, Kind.POWER_OUT}
            if is_ground and net.name != GROUND:
                yield Fault(rule=RULE, where=str(end), what=f"is on {net.name}")
            if net.name == GROUND and is_fed and not is_ground:
                yield Fault(rule=RULE, where=str(end), what="is on ground")


def _short_circuits(device: Placed) -> Iterator[Fault]:
    counts = Counter(end for net in device.nets for end in net.ends)
    for end, count in counts.items():
        if count > 1:
            yield Fault(rule=RULE, where=str(end), what="on two nets: a short circuit")
    for net in device.nets:
        both = Counter(end.reference for end in net.ends if end.reference[0] in "RCLF")
        for name, count in both.items():
            if count > 1:
                yield Fault(rule=RULE, where=name, what="both ends on one net")


def _loose_parts(device: Placed) -> Iterator[Fault]:
    joined = {end.reference for net in device.nets for end in net.ends}
    for name, part in device.parts.items():
        if part.place is Place.BOARD and name not in joined:
            yield Fault(rule=RULE, where=name, what="on no net")


def _level_faults(device: Placed) -> Iterator[Fault]:
    """Hold pins that choose how a part works where they have to be."""
    for name, part in device.parts.items():
        for pin, wanted in part.levels.items():
            net = device.net_of(End(reference=name, pin=pin))
            if net is None or net.name != wanted:
                found = "nothing" if net is None else net.name
                what = f"is on {found}, and works on {wanted}"
                yield Fault(rule=RULE, where=f"{name}.{pin}", what=what)


def _strap_faults(device: Placed) -> Iterator[Fault]:
    """Hold what the module reads as it starts; and that no resistor overfeeds it."""
    module = device.board.module
    for pad in device.chip.high:
        net = device.net_of(End(reference=module, pin=pad))
        if net is None or SUPPLY not in pulls(device, net):
            what = "nothing pulls it up, and the module reads it as it starts"
            yield Fault(rule=RULE, where=f"{module}.{pad}", what=what)
    for net in device.nets:
        is_its = any(end.reference == module for end in net.ends)
        if net.direction == "power" or not is_its or net.use == "analog":
            continue
        for far, resistor in pulls(device, net).items():
            if far not in {SUPPLY, GROUND}:
                what = f"leads from the module to {far}"
                yield Fault(rule=RULE, where=resistor, what=what)


def _address_faults(device: Placed) -> Iterator[Fault]:
    seen: dict[int, str] = {}
    for name, part in device.parts.items():
        if part.i2c is None:
            continue
        if part.i2c in seen:
            what = f"answers to 0x{part.i2c:02x}, as {seen[part.i2c]} does"
            yield Fault(rule=RULE, where=name, what=what)
        seen[part.i2c] = name
