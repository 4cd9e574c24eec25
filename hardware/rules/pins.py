"""What a module's pin may be used for, by its datasheet."""

from collections import Counter
from collections.abc import Iterator

from hardware.design.board import Net
from hardware.design.chips import Chip
from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "pins"


def pin_faults(device: Placed) -> Iterator[Fault]:
    """Find pins that cannot do what the board asks of them."""
    used = device.use.pins
    nets = {net.name: net for net in device.nets if net.use}
    for name in sorted(nets.keys() ^ used.keys()):
        yield Fault(
            rule=RULE, where=name, what="net without a pin, or pin without a net"
        )
    for name in sorted(nets.keys() & used.keys()):
        for what in _cannot(device.chip, nets[name], used[name]):
            yield Fault(rule=RULE, where=name, what=what)
        if not any(end.reference == device.board.module for end in nets[name].ends):
            yield Fault(rule=RULE, where=name, what="does not reach the module")
    for pin, count in Counter(used.values()).items():
        if count > 1:
            yield Fault(rule=RULE, where=f"GPIO {pin}", what="two nets on a pin")
    yield from _module_faults(device)


def _cannot(chip: Chip, net: Net, pin: int) -> Iterator[str]:
    if pin not in chip.gpios:
        yield "not on the module"
    if pin in chip.strapping:
        yield "strapping"
    if pin in chip.others:
        yield "flash, USB or console"
    if net.use in {"out", "bus"} and pin in chip.input_only:
        yield "input only"
    if net.use == "analog" and pin not in chip.adc_1:
        yield "not on ADC 1"
    if net.wakes and pin not in chip.can_wake:
        yield "cannot wake"


def _module_faults(device: Placed) -> Iterator[Fault]:
    chip, use = device.chip, device.use
    for name, uart in (("uart", use.uart), ("modem_uart", use.modem_uart)):
        if uart is not None and uart not in chip.uarts:
            yield Fault(rule=RULE, where=name, what=f"the chip has no UART {uart}")
    if use.uart == use.modem_uart:
        yield Fault(rule=RULE, where="modem_uart", what="the range sensor has it")
    if use.has_ext0 != chip.has_ext0:
        can = "can" if chip.has_ext0 else "cannot"
        yield Fault(rule=RULE, where="ext0", what=f"the chip {can} wake by ext0")
    if use.boot != chip.boot:
        what = f"the chip is flashed by GPIO {chip.boot}"
        yield Fault(rule=RULE, where="boot", what=what)
