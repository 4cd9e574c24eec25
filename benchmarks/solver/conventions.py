"""How each family of instances makes whole numbers of its distances and times.

The best-known values only mean something under the convention of their family.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from routing.arrays import FloatArray, IntArray


class Kind(StrEnum):
    """The problem that an instance poses, named as its folders and papers do."""

    CVRP = "CVRP"
    VRPTW = "VRPTW"
    PRIZES = "PCVRPTW"
    MULTI_TRIP = "MTVRPTWR"
    MULTI_DEPOT = "MDVRPTW"
    SITES = "SDVRPTW"
    FLEET = "HFVRP"
    WASTE = "WCVRPTW"


@dataclass(frozen=True, kw_only=True, slots=True)
class Convention:
    """Scale, then round; what one unit of the published values is.

    Parameters
    ----------
    scale
        Whole units in one unit of the file's coordinates and times.
    truncates
        Whether fractions are cut off instead of rounded to the nearest.
    units_of_value
        Whole units in one unit of the published value.
    """

    scale: int
    truncates: bool
    units_of_value: float

    def whole(self, numbers: FloatArray) -> IntArray:
        """Return numbers of the file as whole units."""
        scaled = np.asarray(numbers, dtype=np.float64) * self.scale
        return (np.trunc(scaled) if self.truncates else np.rint(scaled)).astype(
            np.int64
        )


_DIMACS_TENTHS = Convention(scale=10, truncates=True, units_of_value=1)

CONVENTIONS = {
    # CVRPLIB: Euclid, rounded to the nearest.
    Kind.CVRP: Convention(scale=1, truncates=False, units_of_value=1),
    # DIMACS 2021: one decimal, truncated; CVRPLIB prints 41337.8 for 413378 tenths.
    Kind.VRPTW: Convention(scale=10, truncates=True, units_of_value=10),
    # The same, but published in tenths. Prizes are scaled as well.
    Kind.PRIZES: _DIMACS_TENTHS,
    Kind.MULTI_TRIP: _DIMACS_TENTHS,
    # PyVRP's "exact": thousandths, published as such.
    Kind.MULTI_DEPOT: Convention(scale=1000, truncates=False, units_of_value=1),
    Kind.SITES: Convention(scale=1000, truncates=False, units_of_value=1),
    # Thousandths of a unit of distance, times hundredths of a unit of money.
    Kind.FLEET: Convention(scale=1000, truncates=False, units_of_value=100_000),
}

_ORIGINAL_BELOW = 1e8


def value_of_best_known(kind: Kind, number: float) -> float:
    """Return a published value in the unit in which this bench compares.

    Of the 100 heterogeneous instances 60 publish the money of the paper and 40 that of
    PyVRP's "exact" reading, 100,000 times as much. The paper's are below 10^6.
    """
    if kind is Kind.FLEET and number > _ORIGINAL_BELOW:
        return number / CONVENTIONS[kind].units_of_value
    return number
