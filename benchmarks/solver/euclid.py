"""An instance on a plane, as its file gives it: nodes, windows, vehicles."""

from dataclasses import dataclass

import numpy as np

from benchmarks.solver.conventions import CONVENTIONS, Convention, Kind
from routing.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class EuclidTask:
    """Numbers in the file's own units; node 0 is the first depot.

    Parameters
    ----------
    kind
        Which family it belongs to; decides rounding.
    name
        As the file says.
    x, y
        (n,) coordinates; depots come first.
    depot_count
        How many depots.
    demand, service, release, prize
        (n,) of the nodes; a prize of 0 marks a node that must be visited.
    opens, closes
        (n,) when work may begin; at depots, when vehicles may leave and be back.
    has_windows
        Whether the file limits times at all.
    capacity, depot, max_duration, fixed_cost, unit_cost
        (v,) of the vehicles.
    reload_depots
        Depots at which every vehicle may empty itself on its way.
    may_visit
        (v, n) which nodes a vehicle may visit; no rows: all of them.
    """

    kind: Kind
    name: str
    x: FloatArray
    y: FloatArray
    depot_count: int
    demand: FloatArray
    service: FloatArray
    release: FloatArray
    prize: FloatArray
    opens: FloatArray
    closes: FloatArray
    has_windows: bool
    capacity: FloatArray
    depot: IntArray
    max_duration: FloatArray
    fixed_cost: FloatArray
    unit_cost: FloatArray
    reload_depots: tuple[int, ...] = ()
    may_visit: BoolArray | None = None

    @property
    def node_count(self) -> int:
        """Return n, depots included."""
        return len(self.x)

    @property
    def vehicle_count(self) -> int:
        """Return v."""
        return len(self.capacity)

    @property
    def convention(self) -> Convention:
        """Return how distances and times become whole numbers."""
        return CONVENTIONS[self.kind]

    def legs(self, here: IntArray, there: IntArray) -> IntArray:
        """Return whole units from here[i] to there[i]: distance and time alike."""
        far = np.sqrt(
            (self.x[here] - self.x[there]) ** 2 + (self.y[here] - self.y[there]) ** 2
        )
        return self.convention.whole(far)
