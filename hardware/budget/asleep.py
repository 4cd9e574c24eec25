"""What the board takes in deep sleep: the sum of what its parts take."""

from collections.abc import Iterable
from dataclasses import dataclass

from hardware.design.sleep import Sleeper


@dataclass(frozen=True, kw_only=True, slots=True)
class SleepCurrent:
    """At 25 °C, in uA: behind the converter, and straight from the battery."""

    behind_ua: float
    straight_ua: float

    @property
    def ua(self) -> float:
        """Tell both together."""
        return self.behind_ua + self.straight_ua


def add_up(parts: Iterable[Sleeper]) -> SleepCurrent:
    """Add up the sleep currents of parts, but of what belongs to the battery."""
    sums_ua = {True: 0.0, False: 0.0}
    for each in parts:
        if not each.is_of_battery:
            sums_ua[each.is_straight] += each.asleep_ua
    return SleepCurrent(behind_ua=sums_ua[False], straight_ua=sums_ua[True])
