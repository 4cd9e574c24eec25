"""All rules that need no tool but Python; SKiDL has its own, in `circuit/`."""

from hardware.design.placed import Placed, Sources, every_device
from hardware.rules.buying import buying_faults
from hardware.rules.fault import Fault
from hardware.rules.harness import harness_faults
from hardware.rules.nets import net_faults
from hardware.rules.pins import pin_faults
from hardware.rules.protection import protection_faults
from hardware.rules.sheets import sheet_faults
from hardware.rules.values import value_faults

RULES = (
    pin_faults,
    net_faults,
    value_faults,
    protection_faults,
    harness_faults,
    sheet_faults,
    buying_faults,
)


def device_faults(device: Placed) -> list[Fault]:
    """Say what is wrong with one device, but for what `board.toml` excuses."""
    found = [each for rule in RULES for each in rule(device)]
    return [each for each in found if not _is_excused(device, each)]


def faults(sources: Sources) -> list[Fault]:
    """Say what is wrong with any device, each thing once."""
    devices = every_device(sources)
    return sorted({each for device in devices for each in device_faults(device)})


def _is_excused(device: Placed, fault: Fault) -> bool:
    return any(
        fault.where == each.where and fault.what.startswith(each.says) and each.why
        for each in device.board.excused
    )
