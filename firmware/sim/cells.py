"""How long a battery lasts."""

from dataclasses import dataclass

DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A battery.

    Parameters
    ----------
    usable
        The share of its capacity that comes out in the cold, down to the cut-off.
    lost_a_year
        The share that it loses by itself.
    """

    name: str
    capacity_mah: float
    usable: float
    lost_a_year: float

    def years(self, mah_a_day: float) -> float:
        """Tell how long it lasts; beyond ten years cells age in other ways too."""
        yearly_mah = mah_a_day * DAYS_A_YEAR + self.capacity_mah * self.lost_a_year
        return self.capacity_mah * self.usable / yearly_mah


CELLS = (
    Cell(name="18650", capacity_mah=3400, usable=0.8, lost_a_year=0.03),
    Cell(name="2 x 18650", capacity_mah=6800, usable=0.8, lost_a_year=0.03),
    Cell(name="D Li-SOCl2", capacity_mah=17000, usable=0.7, lost_a_year=0.01),
)
