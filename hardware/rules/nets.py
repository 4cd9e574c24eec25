"""What is joined: by names, volts and addresses; the rest is `circuit/erc.py`."""

from collections import Counter
from collections.abc import Iterator

from hardware.design.board import Net
from hardware.design.parts import Kind, Place
from hardware.design.placed import Placed
from hardware.design.tracing import other_end
from hardware.rules.fault import Fault

RULE = "nets"


def net_faults(device: Placed) -> Iterator[Fault]:
    """Find ends that do not exist, hang loose, or are joined to what harms them."""
    for net in device.nets:
        yield from _end_faults(device, net)
        yield from _volt_faults(device, net)
        if net.use == "bus" and not _is_pulled_up(device, net):
            yield Fault(rule=RULE, where=net.name, what="a bus without a pull-up")
    yield from _short_circuits(device)
    yield from _loose_parts(device)
    yield from _address_faults(device)


def _end_faults(device: Placed, net: Net) -> Iterator[Fault]:
    if not net.why:
        yield Fault(rule=RULE, where=net.name, what="nobody says why")
    for end in net.ends:
        part = device.parts.get(end.reference)
        if part is None or end.pin not in part.pins:
            yield Fault(rule=RULE, where=net.name, what=f"{end} does not exist")
        elif part.place is not Place.BOARD:
            yield Fault(rule=RULE, where=net.name, what=f"{end} is not on the board")


def _short_circuits(device: Placed) -> Iterator[Fault]:
    counts = Counter(end for net in device.nets for end in net.ends)
    for end, count in counts.items():
        if count > 1:
            yield Fault(rule=RULE, where=str(end), what="on two nets: a short circuit")


def _loose_parts(device: Placed) -> Iterator[Fault]:
    joined = {end.reference for net in device.nets for end in net.ends}
    for name, part in device.parts.items():
        if part.place is Place.BOARD and name not in joined:
            yield Fault(rule=RULE, where=name, what="on no net")


def _volt_faults(device: Placed, net: Net) -> Iterator[Fault]:
    carried = device.volts(net)
    if net.direction == "power" and carried is None:
        yield Fault(rule=RULE, where=net.name, what="nobody says its volts")
    if carried is None or carried == (0.0, 0.0):
        return
    for end in net.ends:
        part = device.parts.get(end.reference)
        pin = part.pins.get(end.pin) if part else None
        if part is None or pin is None or part.volts is None:
            continue
        least, most = part.volts
        is_outside = carried[0] < least or carried[1] > most
        if pin.kind is Kind.POWER_IN and is_outside:
            given = f"{carried[0]:g} to {carried[1]:g} V"
            what = f"{end} allows {least:g} to {most:g} V, not {given}"
            yield Fault(rule=RULE, where=net.name, what=what)


def _is_pulled_up(device: Placed, net: Net) -> bool:
    """Tell whether a resistor leads from it to a supply."""
    return any(
        far is not None and far.direction == "power" and device.volts(far) != (0.0, 0.0)
        for end in net.ends
        if end.reference.startswith("R")
        for far in [device.net_of(other_end(end))]
    )


def _address_faults(device: Placed) -> Iterator[Fault]:
    seen: dict[int, str] = {}
    for name, part in device.parts.items():
        if part.i2c is None:
            continue
        if part.i2c in seen:
            what = f"answers to 0x{part.i2c:02x}, as {seen[part.i2c]} does"
            yield Fault(rule=RULE, where=name, what=what)
        seen[part.i2c] = name
