"""Whether each pin has what it needs at the other end: nothing hangs, nobody fights."""

from collections import Counter
from collections.abc import Iterator

from hardware.design.board import GROUND_PINS, End, Net
from hardware.design.parts import Kind, Pin, Place
from hardware.design.placed import Placed
from hardware.design.tracing import through_resistors
from hardware.rules.fault import Fault

RULE = "joints"
_FED = {Kind.POWER_IN, Kind.POWER_OUT}
_SPEAKS = {Kind.OUT, Kind.OPEN, Kind.IO}
_LISTENS = {Kind.IN, Kind.IO}
# What the service header must reach, to flash and to read the console; J3's pins are
# named as what is plugged in sees them.
_SERVICE = {"3V3": "3V3", "EN": "EN", "RX": "TXD0", "TX": "RXD0"}
_RESET_PIN = "EN"


def joint_faults(device: Placed) -> Iterator[Fault]:
    """Find pins that nobody drives, hears or feeds, and nets of two masters."""
    yield from _open_faults(device)
    yield from _stray_faults(device)
    for net in device.nets:
        pins = dict(_pins(device, net))
        yield from _maker_faults(net, pins)
        yield from _partner_faults(device, net)
        yield from _capacitor_faults(device, net)
        if net.direction == "power":
            yield from _feeding_faults(net, pins)
        else:
            yield from _line_faults(device, net, pins)
    yield from _service_faults(device)


def _pins(device: Placed, net: Net) -> Iterator[tuple[End, Pin]]:
    for end in net.ends:
        pin = device.pin_of(end)
        if pin is not None:
            yield end, pin


def _open_faults(device: Placed) -> Iterator[Fault]:
    """Hold that each pin is joined to something, but those that stay free."""
    joined = {end for net in device.nets for end in net.ends} | device.left_open
    for name, part in device.parts.items():
        for pin in part.pins.values() if part.place is Place.BOARD else ():
            end = End(reference=name, pin=pin.name)
            if pin.kind is not Kind.NOTHING and end not in joined:
                yield Fault(rule=RULE, where=str(end), what="hangs loose")
            if pin.kind is Kind.NOTHING and end in joined:
                yield Fault(rule=RULE, where=str(end), what="must stay free")
    for net in device.nets:
        if len(net.ends) == 1:
            what = f"{net.ends[0]} is alone on it"
            yield Fault(rule=RULE, where=net.name, what=what)


def _stray_faults(device: Placed) -> Iterator[Fault]:
    """Find partners of no pin, and resistors and coils that lie across supplies."""
    for name, part in device.parts.items():
        nets = {pin: device.net_of(End(reference=name, pin=pin)) for pin in part.pins}
        for pin in part.partners:
            if nets.get(pin) is None:
                what = "is no pin, or on no net, and has a partner"
                yield Fault(rule=RULE, where=f"{name}.{pin}", what=what)
        supplies = {
            net.name for net in nets.values() if net and net.direction == "power"
        }
        if name[0] in "RL" and len(supplies) > 1:
            what = f"joins {' and '.join(sorted(supplies, reverse=True))}"
            yield Fault(rule=RULE, where=name, what=what)


def _maker_faults(net: Net, pins: dict[End, Pin]) -> Iterator[Fault]:
    makers = [str(end) for end, pin in pins.items() if pin.kind is Kind.POWER_OUT]
    if len(makers) > 1:
        what = f"fed by {' and by '.join(makers)}"
        yield Fault(rule=RULE, where=net.name, what=what)


def _partner_faults(device: Placed, net: Net) -> Iterator[Fault]:
    """Hold that a pin which sets something has its one part, and nothing else."""
    for end in net.ends:
        part = device.parts.get(end.reference)
        wanted = part.partners.get(end.pin) if part else None
        if wanted is None:
            continue
        beside = [str(each) for each in net.ends if each != end]
        if len(beside) != 1 or not beside[0].startswith(wanted):
            what = f"shares its net with {beside}, and wants one {wanted}"
            yield Fault(rule=RULE, where=str(end), what=what)


def _capacitor_faults(device: Placed, net: Net) -> Iterator[Fault]:
    """Hold that only what is slow on purpose has a capacitor, and just one."""
    if net.direction == "power":
        return
    count = sum(end.reference.startswith("C") for end in net.ends)
    is_reset = End(reference=device.board.module, pin=_RESET_PIN) in net.ends
    is_set = any(
        end.reference in device.parts
        and end.pin in device.parts[end.reference].partners
        for end in net.ends
    )
    if is_reset or net.use == "analog":
        if count != 1:
            what = f"{count} capacitors where one gives the time or the charge"
            yield Fault(rule=RULE, where=net.name, what=what)
    elif count and not is_set:
        yield Fault(rule=RULE, where=net.name, what="a capacitor on a signal")


def _feeding_faults(net: Net, pins: dict[End, Pin]) -> Iterator[Fault]:
    """Hold that a supply carries no signal, and feeds a chip as long as its bus."""
    is_switched = net.name == "sensor_supply"
    for end, pin in pins.items():
        if pin.kind in _SPEAKS:
            what = f"{end} speaks on a supply"
            yield Fault(rule=RULE, where=net.name, what=what)
        is_fed = pin.kind is Kind.POWER_IN and pin.name not in GROUND_PINS
        if is_switched and is_fed and not end.reference.startswith("J"):
            what = f"{end} is without power while others speak to it"
            yield Fault(rule=RULE, where=net.name, what=what)


def _line_faults(device: Placed, net: Net, pins: dict[End, Pin]) -> Iterator[Fault]:
    """Hold that a line has one voice, and somebody who hears it."""
    around = tuple(far for _, far in through_resistors(device, net))
    line = dict(pins)
    for far in around:
        line.update(() if far.direction == "power" else _pins(device, far))
    pulls = {far.name for far in around if far.direction == "power"}
    drivers = [str(end) for end, pin in line.items() if pin.kind in _SPEAKS]
    has_out = any(pin.kind is Kind.OUT for pin in line.values())
    if has_out and (len(drivers) > 1 or net.use == "analog"):
        what = f"driven by {' and by '.join(drivers)}"
        yield Fault(rule=RULE, where=net.name, what=what)
    if len(pulls) > 1 and net.use != "analog":
        what = f"pulled to {' and to '.join(sorted(pulls))}"
        yield Fault(rule=RULE, where=net.name, what=what)
    pads = [str(end) for end in line if end.reference == device.board.module]
    if len(pads) > 1:
        what = f"joins {' and '.join(pads)}"
        yield Fault(rule=RULE, where=net.name, what=what)
    for what in (*_alone(net, pins, line, bool(pulls)), *_crowded(pins)):
        yield Fault(rule=RULE, where=net.name, what=what)


def _alone(
    net: Net, pins: dict[End, Pin], line: dict[End, Pin], is_pulled: bool
) -> Iterator[str]:
    """Say who of a net has nobody on the whole line to hear or to speak to."""
    kinds = Counter(pin.kind for pin in line.values())
    heard = sum(kinds[each] for each in _LISTENS)
    is_driven = is_pulled or any(kinds[each] for each in _SPEAKS)
    is_seen = any(end.reference.startswith(("L", "TP")) for end in line)
    for end, pin in pins.items():
        if pin.kind in _FED:
            yield f"{end} is fed by a signal"
        if pin.kind is Kind.IN and not is_driven:
            yield f"nobody drives {end}"
        if pin.kind is Kind.OUT and not (heard or is_seen):
            yield f"nobody hears {end}"
    if net.use == "bus" and heard < 2:  # noqa: PLR2004 - the module and another
        yield "nobody is on this bus"


def _crowded(pins: dict[End, Pin]) -> Iterator[str]:
    """Say which chip a net joins with itself."""
    for name, count in Counter(end.reference for end in pins).items():
        if count > 1 and name[0] in "UD":
            yield f"joins {count} pins of {name}"


def _service_faults(device: Placed) -> Iterator[Fault]:
    """Hold that a new bin can be flashed, and its console be read."""
    plug, module = device.board.roles["service_plug"], device.board.module
    wanted = {**_SERVICE, "BOOT": f"IO{device.use.boot}"}
    for pin, pad in wanted.items():
        net = device.net_of(End(reference=plug, pin=pin))
        if net is None or End(reference=module, pin=pad) not in net.ends:
            what = f"does not reach {module}.{pad}"
            yield Fault(rule=RULE, where=f"{plug}.{pin}", what=what)
