"""Volts, ohms, microfarads: whether parts bear what they carry, and give enough."""

from collections.abc import Iterator

from hardware.design.board import GROUND, SUPPLY, Cable, End, Net, Volts
from hardware.design.parts import Kind, Part
from hardware.design.placed import Placed
from hardware.design.tracing import through_resistors
from hardware.rules.fault import Fault

RULE = "values"
# Ceramic capacitors lose half of what they have near their rated volts.
_MARGIN = 1.5
# TPS63900: the resistors to ground that set its two voltages to 3.3 V, of which only
# that of CFG3 is ever chosen (SLVSET3D, section 7.3.6).
_CONVERTER_OHM, _CONVERTER_V = {"CFG1": 36_500, "CFG3": 16_200}, 3.3
_PULL_OHM, _SERIES_OHM = (1_000.0, 100_000.0), (50.0, 1_000.0)
# What the converter must see at its output, less what 3.3 V take (section 8.2.2.3).
_OUTPUT_UF = 22.0
# Beside it, for the first 50 us of a burst.
_BURST_UF = 40.0


def value_faults(device: Placed) -> Iterator[Fault]:
    """Find parts that do not bear what is on them, or set something wrong."""
    for net in device.nets:
        yield from _net_faults(device, net)
        yield from _capacitor_faults(device, net)
    for cable in device.cables:
        yield from _cable_faults(device, cable)
    yield from _resistor_faults(device)
    yield from _divider_faults(device)
    yield from _converter_faults(device)


def _net_faults(device: Placed, net: Net) -> Iterator[Fault]:
    carried = device.volts(net)
    if carried is None:
        if net.direction == "power":
            yield Fault(rule=RULE, where=net.name, what="nobody says its volts")
        return
    for end in net.ends:
        part = device.parts.get(end.reference)
        if part is not None:
            yield from _bears(part, end, carried, where=net.name)


def _cable_faults(device: Placed, cable: Cable) -> Iterator[Fault]:
    """Follow the supply to what hangs on a cable."""
    far = device.parts.get(cable.part)
    for wire in cable.wires:
        net = device.net_of(End(reference=cable.connector, pin=wire.pin))
        carried = device.volts(net) if net else None
        if far is not None and carried is not None:
            end = End(reference=cable.part, pin=wire.far_pin)
            yield from _bears(far, end, carried, where=cable.name)


def _bears(part: Part, end: End, carried: Volts, *, where: str) -> Iterator[Fault]:
    pin = part.pins.get(end.pin)
    if part.volts is None or pin is None or pin.kind is not Kind.POWER_IN:
        return
    (least, most), (low, high) = part.volts, carried
    if high and (low < least or high > most):
        what = f"{end} allows {least:g} to {most:g} V, not {low:g} to {high:g} V"
        yield Fault(rule=RULE, where=where, what=what)


def _capacitor_faults(device: Placed, net: Net) -> Iterator[Fault]:
    carried = device.volts(net)
    for end in net.ends:
        part = device.parts.get(end.reference)
        if part is None or part.rated_v is None or carried is None:
            continue
        if part.rated_v < _MARGIN * carried[1]:
            what = f"rated {part.rated_v:g} V, on {carried[1]:g} V"
            yield Fault(rule=RULE, where=end.reference, what=what)


def _resistor_faults(device: Placed) -> Iterator[Fault]:
    """Hold what pulls a line within reason, and what is in its way."""
    for net in device.nets:
        if net.direction == "power" or net.use == "analog":
            continue
        for name, far in through_resistors(device, net):
            if far.direction == "power":
                what = f"pulls {net.name} to {far.name}"
                yield from _within(device, name, _PULL_OHM, what)
            else:
                yield from _within(device, name, _SERIES_OHM, f"in {net.name}")


def _within(
    device: Placed, name: str, allowed: tuple[float, float], what: str
) -> Iterator[Fault]:
    ohm = device.parts[name].ohm or 0.0
    if not allowed[0] <= ohm <= allowed[1]:
        least, most = allowed
        said = f"{ohm:g} ohm {what}: {least:g} to {most:g} are reasonable"
        yield Fault(rule=RULE, where=name, what=said)


def _divider_faults(device: Placed) -> Iterator[Fault]:
    """Hold that the firmware's factor of two is true, and the ADC's range enough."""
    net = next((each for each in device.nets if each.use == "analog"), None)
    ohms = {
        far.name: ohm
        for name, far in (through_resistors(device, net) if net else ())
        for ohm in [device.parts[name].ohm]
        if ohm
    }
    if set(ohms) != {"battery", GROUND}:
        what = f"divides {' and '.join(sorted(ohms)) or 'nothing'}, not the battery"
        yield Fault(rule=RULE, where="battery_sense", what=what)
        return
    if ohms["battery"] != ohms[GROUND]:
        yield Fault(rule=RULE, where="battery_sense", what="not half of the battery")
    share = ohms[GROUND] / sum(ohms.values())
    highest_mv = device.battery.volts[1] * share * 1000
    if highest_mv > device.chip.adc_max_mv:
        what = f"up to {highest_mv:.0f} mV, the ADC has {device.chip.adc_max_mv:g}"
        yield Fault(rule=RULE, where="battery_sense", what=what)


def _converter_faults(device: Placed) -> Iterator[Fault]:
    converter = device.board.roles["converter"]
    for pin, wanted_ohm in _CONVERTER_OHM.items():
        net = device.net_of(End(reference=converter, pin=pin))
        found = {
            far.name: device.parts[name].ohm
            for name, far in (through_resistors(device, net) if net else ())
        }
        if found != {GROUND: wanted_ohm}:
            what = (
                f"{pin} is set by {found or 'nothing'}, not by {wanted_ohm} to ground"
            )
            yield Fault(rule=RULE, where=converter, what=what)
    (supply,) = (each for each in device.nets if each.name == SUPPLY)
    low, high = device.volts(supply) or (0.0, 0.0)
    if not low <= _CONVERTER_V <= high:
        what = f"gives {_CONVERTER_V} V, not the {low:g} to {high:g} V of supply"
        yield Fault(rule=RULE, where=converter, what=what)
    held_uf = sum(
        device.parts[end.reference].uf or 0.0
        for end in supply.ends
        if end.reference in device.parts
    )
    if held_uf / 2 < _OUTPUT_UF + _BURST_UF:
        what = f"{held_uf:g} uF at its output, half of it at 3.3 V"
        yield Fault(rule=RULE, where=converter, what=what)
