"""What the board takes in deep sleep: the sum of what its parts take."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SleepCurrent:
    """At 25 °C, in uA: behind the regulator, and straight from the battery."""

    behind_ua: float
    straight_ua: float

    @property
    def ua(self) -> float:
        """Tell both together."""
        return self.behind_ua + self.straight_ua


def add_up(
    parts: Iterable[tuple[str, float]], *, straight: Collection[str]
) -> SleepCurrent:
    """Add up the sleep currents of parts.

    Parameters
    ----------
    parts
        (reference, asleep_ua) of each part that is fitted.
    straight
        The references of those before the regulator.
    """
    sums_ua = {True: 0.0, False: 0.0}
    for reference, asleep_ua in parts:
        sums_ua[reference in straight] += asleep_ua
    return SleepCurrent(behind_ua=sums_ua[False], straight_ua=sums_ua[True])
