"""Where a bin stands, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

MONTHS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Climate:
    """A place.

    Parameters
    ----------
    means_c
        (12,) of the air, January first.
    sun_k
        How much warmer a bin is in the mean.
    coldest_below_k
        How much colder than a month's mean its coldest hour is.
    """

    name: str
    title: str
    means_c: Sequence[float]
    sun_k: float
    coldest_below_k: float

    def __post_init__(self) -> None:
        """Refuse a year that is not one."""
        if len(self.means_c) != MONTHS:
            raise ValueError(f"means_c: {len(self.means_c)} months not understood")

    def mean_c(self, month: int) -> float:
        """Tell the mean temperature inside; months count on into later years."""
        return self.means_c[month % MONTHS] + self.sun_k

    def coldest_c(self, month: int) -> float:
        """Tell that of the coldest hour: by night, without sun."""
        return self.means_c[month % MONTHS] - self.coldest_below_k
