"""The bins that may be emptied."""

from dataclasses import dataclass, fields

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.solver.problem.fields import (
    LATEST_S,
    Shapes,
    every,
    freeze,
    freeze_windows,
    shape_of,
    skill_shape,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stops:
    """The bins that may be emptied; every array has one row a stop, s rows.

    Columns with a default may be left out, or given as one number for every row.

    Parameters
    ----------
    demand_l
        (s,) litres that are expected at the stop.
    stream
        (s,) index into ``Problem.streams``.
    mass_kg
        (s,) kilograms that are expected at the stop.
    containers
        (s,) how many containers are emptied, or carried away, here.
    service_s, service_per_container_s
        (s,) seconds that the stop takes, and each container on top.
    earliest_s, latest_s
        (s,) or (s, w) windows in ascending order between which work may begin; who
        comes early waits. A stop with fewer windows repeats its last.
    release_s
        (s,) the trip that empties the stop may not leave the place where the vehicle
        was last empty (its start, or a tip) before: an exchange container that only
        stands in the yard by then.
    prize_cents
        (s,) cents that emptying today is worth; what a plan loses by leaving it.
    is_mandatory
        (s,) whether the stop must be in the plan if any plan can hold it.
    needs
        (s, skills) what a vehicle and its driver must have to come here.
    alternative
        (s,) number of the group of which one stop at most is emptied and one is
        enough; -1 for a stop that stands for itself. The stops of a group share
        ``prize_cents`` and ``is_mandatory``.
    pinned_vehicle
        (s,) the only vehicle that may come; -1 for any.
    planned_vehicle, move_cents
        (s,) who was to come in the plan before this one (-1 for nobody), and the price
        of another vehicle's coming instead.
    zone
        (s,) territory in which the stop lies; -1 for none.
    """

    demand_l: FloatArray
    stream: IntArray = every(0)
    mass_kg: FloatArray = every(0)
    containers: IntArray = every(1)
    service_s: IntArray = every(0)
    service_per_container_s: IntArray = every(0)
    earliest_s: IntArray = every(0)
    latest_s: IntArray = every(LATEST_S)
    release_s: IntArray = every(0)
    prize_cents: IntArray = every(0)
    is_mandatory: BoolArray = every(1)
    needs: BoolArray = every(0)
    alternative: IntArray = every(-1, minimum=-1)
    pinned_vehicle: IntArray = every(-1, minimum=-1)
    planned_vehicle: IntArray = every(-1, minimum=-1)
    move_cents: IntArray = every(0)
    zone: IntArray = every(-1, minimum=-1)

    def __post_init__(self) -> None:
        count = shape_of("stops.demand_l", self.demand_l, dimensions=1)
        shapes: Shapes = {each.name: count for each in fields(self)}
        del shapes["earliest_s"], shapes["latest_s"]
        shapes["needs"] = skill_shape("stops.needs", self.needs, count[0])
        freeze(self, "stops", shapes)
        freeze_windows(self, "stops", "earliest_s", "latest_s")
        self._check_alternatives()

    def __len__(self) -> int:
        return len(self.demand_l)

    @property
    def work_s(self) -> IntArray:
        """(s,): seconds from the beginning of the work to its end."""
        return self.service_s + self.containers * self.service_per_container_s

    def _check_alternatives(self) -> None:
        first: dict[int, int] = {}
        for stop, group in enumerate(self.alternative.tolist()):
            if group < 0:
                continue
            other = first.setdefault(group, stop)
            for name in ("prize_cents", "is_mandatory"):
                mine, theirs = getattr(self, name)[stop], getattr(self, name)[other]
                if mine != theirs:
                    raise ValueError(
                        f"stops.{name}[{stop}] = {mine} not understood: stop {other} "
                        f"of the same alternative has {theirs}"
                    )
