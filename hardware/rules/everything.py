"""All rules that need no tool but Python; SKiDL has its own, in `circuit/erc.py`."""

from hardware.design.placed import Placed, Sources, every_device
from hardware.rules.buying import buying_faults
from hardware.rules.fault import Fault
from hardware.rules.harness import harness_faults
from hardware.rules.nets import net_faults
from hardware.rules.pins import pin_faults
from hardware.rules.protection import protection_faults


def device_faults(device: Placed) -> list[Fault]:
    """Say what is wrong with one device."""
    return [
        *pin_faults(device),
        *net_faults(device),
        *protection_faults(device),
        *harness_faults(device),
        *buying_faults(device),
    ]


def faults(sources: Sources) -> list[Fault]:
    """Say what is wrong with any device, each thing once."""
    return sorted(
        {each for device in every_device(sources) for each in device_faults(device)}
    )
