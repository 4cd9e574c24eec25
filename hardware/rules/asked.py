"""What the other rules ask for by name: without it they have nothing to look at."""

from collections.abc import Iterator

from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "asked for"
ROLES = {
    "battery_plug",
    "sensor_plug",
    "service_plug",
    "transistor",
    "fuse",
    "converter",
    "supervisor",
    "reset",
}
NETS = {
    "cell",
    "protected",
    "battery",
    "supply",
    "sensor_supply",
    "sensor_power",
    "ground",
}


def missing_faults(device: Placed) -> Iterator[Fault]:
    """Find roles, nets and cells that are not there."""
    for name in sorted(NETS - {net.name for net in device.nets}):
        yield Fault(rule=RULE, where=name, what="no such net")
    roles = device.board.roles
    for name in sorted(ROLES - set(roles)):
        yield Fault(rule=RULE, where=name, what="nobody has this role")
    named = {name: roles[name] for name in sorted(ROLES & set(roles))}
    for name, reference in {**named, "cell": device.battery.cell}.items():
        if reference not in device.parts:
            yield Fault(rule=RULE, where=name, what=f"{reference} is not there")
