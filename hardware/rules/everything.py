"""All rules that need no tool but Python; SKiDL has its own, in `circuit/`."""

from hardware.design.board import Excuse
from hardware.design.placed import Placed, Sources, every_device
from hardware.rules.asked import missing_faults
from hardware.rules.buying import buying_faults
from hardware.rules.fault import Fault
from hardware.rules.harness import harness_faults
from hardware.rules.joints import joint_faults
from hardware.rules.nets import net_faults
from hardware.rules.numbers import number_faults
from hardware.rules.pads import pad_faults
from hardware.rules.pins import pin_faults
from hardware.rules.protection import protection_faults
from hardware.rules.sheets import sheet_faults
from hardware.rules.values import value_faults

STALE = "excused, and nothing is wrong there, or nobody says why"
RULES = (
    pin_faults,
    net_faults,
    joint_faults,
    value_faults,
    number_faults,
    pad_faults,
    protection_faults,
    harness_faults,
    sheet_faults,
    buying_faults,
)


def faults(sources: Sources) -> list[Fault]:
    """Say what is wrong with any device, each thing once; and which excuse is stale."""
    devices = list(every_device(sources))
    judged = [each for device in devices for each in _judge(device)]
    found = {fault for fault, excuses in judged if not excuses}
    used = {excuse for _, excuses in judged for excuse in excuses}
    stale = set(devices[0].board.excused) - used
    return sorted(
        found | {Fault(rule="excuses", where=e.where, what=STALE) for e in stale}
    )


def _judge(device: Placed) -> list[tuple[Fault, list[Excuse]]]:
    """Give what is wrong with a device, each with what excuses it."""
    found = list(missing_faults(device)) or [
        each for rule in RULES for each in rule(device)
    ]
    return [(each, _excuses(device, each)) for each in found]


def _excuses(device: Placed, fault: Fault) -> list[Excuse]:
    return [
        each
        for each in device.board.excused
        if fault.where == each.where and fault.what == each.says and each.why
    ]
