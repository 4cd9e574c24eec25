"""Turn a policy's dial until its years lie around a figure that is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from routing.simulation import Days, Year, read_at

_NO_DAYS = Days(**{name: np.zeros(0) for name in Days.__slots__})


@dataclass(slots=True)
class Dial:
    """A policy whose settings are tried one by one, each once.

    Parameters
    ----------
    settings
        From the most overflow to the least.
    start
        Index of the first that is tried.
    """

    name: str
    settings: tuple[float, ...]
    live: Callable[[float], Year]
    start: int
    years: dict[int, Year] = field(default_factory=dict)

    def at_overflow(
        self, overflow_h: float, figure: Callable[[Year], float]
    ) -> float | None:
        """Return a figure where the overflow is this; None: it is never reached."""
        return self._read(lambda year: year.overflow_h, overflow_h, figure)

    def at_late_share(
        self, late_share: float, figure: Callable[[Year], float]
    ) -> float | None:
        """Return a figure where such a share of the bins is emptied too late."""
        return self._read(lambda year: 1 - year.in_time_share, late_share, figure)

    def overflow_at(self, km: float) -> float | None:
        """Return the overflow where so much is driven; None: it always drives more.

        Who never drives so much needs no more for his least overflow.
        """
        found = self._read(lambda year: -year.km, -km, lambda year: year.overflow_h)
        last = self._year(len(self.settings) - 1)
        return last.overflow_h if found is None and last.km < km else found

    def _read(
        self,
        falling: Callable[[Year], float],
        goal: float,
        figure: Callable[[Year], float],
    ) -> float | None:
        """Interpolate between neighbouring settings on both sides of the goal."""
        at, last = self.start, len(self.settings) - 1
        is_above = falling(self._year(at)) >= goal
        step = 1 if is_above else -1
        while 0 <= at + step <= last:
            at += step
            if (falling(self._year(at)) >= goal) != is_above:
                pair = [self._year(at), self._year(at - step)]
                return read_at(pair, goal, of=falling, figure=figure)
        return None

    def _year(self, index: int) -> Year:
        if index not in self.years:
            year = self.live(self.settings[index])
            self.years[index] = replace(year, days=_NO_DAYS)
        return self.years[index]
