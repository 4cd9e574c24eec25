"""What keeps a device alive: reversal, over-discharge, surges, sparks, peaks, sleep."""

from collections.abc import Iterator, Mapping

from hardware.design.board import End, Net
from hardware.design.parts import Kind, Part, Place
from hardware.design.placed import Placed
from hardware.design.sleep import list_sleepers
from hardware.design.tracing import other_end
from hardware.rules.fault import Fault

RULE = "protection"
# Deep sleep, the whole board: each uA more is 0.024 mAh a day.
ASLEEP_MAX_UA = 25.0
CAPACITY = {"battery", "supply", "sensor_supply"}


def protection_faults(device: Placed) -> Iterator[Fault]:
    """Find what a mistake of an installer or of the weather would break."""
    nets = {net.name: net for net in device.nets}
    yield from _cell_faults(device, nets)
    yield from _cut_off_faults(device)
    yield from _clamp_faults(device, nets)
    yield from _spark_faults(device)
    yield from _capacitor_faults(device, nets)
    yield from _peak_faults(device)
    yield from _sleep_faults(device, nets)
    yield from _test_point_faults(device)


def _cell_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    """Follow the cell: transistor, drain first; then the fuse; and no other way."""
    wanted = {
        "cell": {"J1.PLUS", "Q1.D"},
        "protected": {"Q1.S", "F1.1"},
        "battery": {"F1.2"},
    }
    for name, needed in wanted.items():
        found = {str(end) for end in nets[name].ends}
        if missing := needed - found:
            what = f"the cell's way misses {', '.join(sorted(missing))}"
            yield Fault(rule=RULE, where=name, what=what)
    beside = {str(end) for end in nets["cell"].ends} - wanted["cell"]
    if beside:
        what = f"{', '.join(sorted(beside))} would be reversed with the cell"
        yield Fault(rule=RULE, where="cell", what=what)
    gate = device.net_of(End(reference="Q1", pin="G"))
    if gate is None or not _leads_to_ground(device, gate):
        yield Fault(rule=RULE, where="Q1", what="its gate does not lead to ground")


def _leads_to_ground(device: Placed, net: Net) -> bool:
    return net.name == "ground" or any(
        far is not None and far.name == "ground"
        for end in net.ends
        if end.reference.startswith("R")
        for far in [device.net_of(other_end(end))]
    )


def _cut_off_faults(device: Placed) -> Iterator[Fault]:
    """Hold that an empty cell is let go, at the volts of its chemistry."""
    watchers = [name for name, part in device.parts.items() if part.cut_off_v]
    if not watchers:
        yield Fault(rule=RULE, where="battery", what="nothing ends its discharge")
    for name in watchers:
        part = device.parts[name]
        if part.cut_off_v != device.battery.cut_off_v:
            what = f"cuts off at {part.cut_off_v:g} V, not {device.battery.cut_off_v:g}"
            yield Fault(rule=RULE, where=name, what=what)
        told = device.net_of(End(reference=name, pin="RESET"))
        watched = device.net_of(End(reference=name, pin="VDD"))
        if told is None or End(reference="U5", pin="EN") not in told.ends:
            yield Fault(rule=RULE, where=name, what="does not switch the converter off")
        if watched is None or watched.name != "battery":
            yield Fault(rule=RULE, where=name, what="does not watch the battery")


def _clamp_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    if not _has(device, nets["battery"], "D"):
        yield Fault(rule=RULE, where="battery", what="nothing clamps a surge")


def _has(device: Placed, net: Net, letter: str) -> bool:
    return any(
        end.reference.startswith(letter) and end.reference in device.parts
        for end in net.ends
    )


def _spark_faults(device: Placed) -> Iterator[Fault]:
    """Hold that each line which fingers reach has a diode."""
    for net in device.nets:
        touched = [end for end in net.ends if _is_touched(device.parts, end)]
        is_line = net.direction != "power" and not net.name.startswith("console")
        if touched and is_line and not _has(device, net, "D"):
            what = f"{touched[0]} can be touched, and nothing takes a spark"
            yield Fault(rule=RULE, where=net.name, what=what)


def _is_touched(parts: Mapping[str, Part], end: End) -> bool:
    part = parts.get(end.reference)
    return part is not None and part.leaves_box


def _capacitor_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    for name in sorted(CAPACITY):
        if not _has(device, nets[name], "C"):
            yield Fault(rule=RULE, where=name, what="a supply without a capacitor")


def _peak_faults(device: Placed) -> Iterator[Fault]:
    """Hold converter and cell against the radio's peak, with the range sensor on."""
    peak_ma = device.chip.peak_ma + sum(
        part.peak_ma or 0.0
        for part in device.parts.values()
        if part.place is Place.CABLE and part.is_fitted
    )
    converter = device.parts["U5"]
    if converter.peak_ma is None or converter.peak_ma < peak_ma:
        what = f"promises {converter.peak_ma or 0:g} mA, the peak is {peak_ma:g}"
        yield Fault(rule=RULE, where="U5", what=what)
    sources = [
        part.gives_ma for part in device.parts.values() if part.gives_ma is not None
    ]
    given_ma = max(sources, default=0.0)
    # From the cell's volts to 3.3, at an efficiency of 0.85.
    asked_ma = peak_ma * 3.3 / (0.85 * device.battery.volts[0])
    if given_ma < asked_ma:
        what = f"gives {given_ma:g} mA, the peak asks {asked_ma:.0f}"
        yield Fault(rule=RULE, where=device.battery.cell, what=what)


def _sleep_faults(device: Placed, nets: dict[str, Net]) -> Iterator[Fault]:
    asleep_ua = sum(each.asleep_ua for each in list_sleepers(device))
    if asleep_ua > ASLEEP_MAX_UA:
        what = f"{asleep_ua:.1f} uA asleep, allowed are {ASLEEP_MAX_UA:g}"
        yield Fault(rule=RULE, where="board", what=what)
    if End(reference="J2", pin="VCC") not in nets["sensor_supply"].ends:
        what = "the range sensor is fed while the module sleeps"
        yield Fault(rule=RULE, where="J2.VCC", what=what)
    if not _leads_to_ground(device, nets["sensor_power"]):
        what = "nothing keeps the sensor off while the pin floats"
        yield Fault(rule=RULE, where="sensor_power", what=what)


def _test_point_faults(device: Placed) -> Iterator[Fault]:
    """Hold that the bring-up can measure each supply."""
    for net in device.nets:
        is_made = any(_kind(device, end) is Kind.POWER_OUT for end in net.ends)
        is_behind_fuse = net.name not in {"cell", "protected"}
        if is_made and is_behind_fuse and not _has(device, net, "TP"):
            yield Fault(rule=RULE, where=net.name, what="no test point")


def _kind(device: Placed, end: End) -> Kind | None:
    part = device.parts.get(end.reference)
    pin = part.pins.get(end.pin) if part else None
    return pin.kind if pin else None
