"""What the parts of a device take while the module sleeps."""

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.design.board import BATTERY
from hardware.design.placed import Placed


@dataclass(frozen=True, kw_only=True, slots=True)
class Sleeper:
    """A part, typical at 25 C.

    `is_straight`: it takes that from the battery, not behind the converter.
    `is_of_battery`: its cell's own electronics do.
    """

    reference: str
    asleep_ua: float
    is_straight: bool
    is_of_battery: bool


def list_sleepers(device: Placed, *, with_options: bool = False) -> Iterator[Sleeper]:
    """List what every such device has; or what it may have, all at once."""
    straight = {
        end.reference for net in device.nets if net.volts == BATTERY for end in net.ends
    }
    for name, part in device.parts.items():
        if (part.is_fitted or with_options) and part.asleep_ua:
            is_of_battery = name == device.battery.cell
            yield Sleeper(
                reference=name,
                asleep_ua=part.asleep_ua,
                is_straight=name in straight or is_of_battery,
                is_of_battery=is_of_battery,
            )
