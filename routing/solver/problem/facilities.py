"""Where loads are tipped."""

from dataclasses import dataclass, fields

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.problem.fields import (
    LATEST_S,
    Shapes,
    every,
    freeze,
    freeze_windows,
    shape_of,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Facilities:
    """Where loads are tipped; every array has one row a facility, f rows.

    Parameters
    ----------
    accepts
        (f, streams) whether the facility takes the stream. A tip empties every
        accepted compartment whole, and no other.
    tip_s
        (f,) seconds that one tip takes.
    opens_s, closes_s
        (f,) or (f, w) opening hours, ascending: a tip may begin between.
    tip_cents
        (f,) cost of one tip.
    cents_per_tonne
        (f, streams) cost of what is tipped.
    """

    accepts: BoolArray
    tip_s: IntArray = every(0)
    opens_s: IntArray = every(0)
    closes_s: IntArray = every(LATEST_S)
    tip_cents: IntArray = every(0)
    cents_per_tonne: FloatArray = every(0)

    def __post_init__(self) -> None:
        shape = shape_of("facilities.accepts", self.accepts, dimensions=2)
        shapes: Shapes = {each.name: shape[:1] for each in fields(self)}
        del shapes["opens_s"], shapes["closes_s"]
        shapes["accepts"] = shapes["cents_per_tonne"] = shape
        freeze(self, "facilities", shapes)
        freeze_windows(self, "facilities", "opens_s", "closes_s")

    def __len__(self) -> int:
        return len(self.accepts)
