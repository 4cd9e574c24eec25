"""The problem: what has to be collected, by whom, tipped where, over which ways.

Times are whole seconds since the plan's own zero (say, local midnight of the service
day). Locations are rows of the ways, in this order: depots, facilities, stops.
"""

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

import numpy as np

from routing.arrays import BoolArray, int_array
from routing.solver.problem.breaks import NO_REST, Rest
from routing.solver.problem.facilities import Facilities
from routing.solver.problem.fields import every, freeze, refuse
from routing.solver.problem.stops import Stops
from routing.solver.problem.vehicles import Vehicles
from routing.solver.problem.ways import Ways

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Problem:
    """One service day to be planned.

    Parameters
    ----------
    streams
        Names of the streams; arrays refer to them by index.
    depot_count
        How many of the first locations are depots: places where runs start or end,
        live positions of vehicles included.
    facilities, stops, vehicles
        What the other locations are, and who drives.
    ways
        Seconds and metres between n = depots + facilities + stops locations.
    skills
        Names of what stops may need: a crane, a narrow truck, a licence.
    rests
        One for each vehicle, or none at all.
    conflicts
        (streams, streams) symmetric: never collected by one vehicle on one day.
    same_vehicle
        Groups of stops that one vehicle empties, those of them that are emptied.
    precedence
        Pairs (before, after): `after` is only emptied by the vehicle that emptied
        `before` earlier in the same run.
    locked
        For each vehicle the locations (stops, facilities) that come first in its run,
        in this order; or none at all.

    Raises
    ------
    ValueError
        Naming field and index. A stop that no vehicle can take is no error: the plan
        lists it as unserved, with the reason.
    """

    streams: tuple[str, ...]
    depot_count: int
    facilities: Facilities
    stops: Stops
    vehicles: Vehicles
    ways: Ways
    skills: tuple[str, ...] = ()
    rests: tuple[Rest, ...] = ()
    conflicts: BoolArray = every(0)
    same_vehicle: Groups = ()
    precedence: tuple[tuple[int, int], ...] = ()
    locked: Groups = ()

    def __post_init__(self) -> None:
        if not self.streams:
            raise ValueError("streams is empty: name at least one stream")
        if self.depot_count < 1:
            raise ValueError(f"depot_count = {self.depot_count} not understood: < 1")
        self._fill_skills()
        self._check_columns()
        self._check_indices()
        self._check_groups()
        if len(self.ways) != self.location_count:
            raise ValueError(
                f"ways has {len(self.ways)} locations, expected {self.location_count}: "
                "depots, facilities and stops"
            )

    @property
    def location_count(self) -> int:
        """Return n, the number of locations."""
        return self.depot_count + len(self.facilities) + len(self.stops)

    def facility_location(self, facility: int) -> int:
        """Return the location of a facility."""
        return self.depot_count + facility

    def stop_location(self, stop: int) -> int:
        """Return the location of a stop."""
        return self.depot_count + len(self.facilities) + stop

    def facility_at(self, location: int) -> int | None:
        """Return which facility is at a location, or None."""
        facility = location - self.depot_count
        return facility if 0 <= facility < len(self.facilities) else None

    def stop_at(self, location: int) -> int | None:
        """Return which stop is at a location, or None."""
        stop = location - self.depot_count - len(self.facilities)
        return stop if stop >= 0 else None

    def rest_of(self, vehicle: int) -> Rest:
        """Return the rests of a vehicle's driver."""
        return self.rests[vehicle] if self.rests else NO_REST

    def _fill_skills(self) -> None:
        """Give nobody a skill, and let no stop need one, where none was given."""
        skills = len(self.skills)
        if skills and self.stops.needs.shape[1] == 0:
            needs = np.zeros((len(self.stops), skills), np.bool_)
            object.__setattr__(self, "stops", replace(self.stops, needs=needs))
        if skills and self.vehicles.has.shape[1] == 0:
            has = np.zeros((len(self.vehicles), skills), np.bool_)
            object.__setattr__(self, "vehicles", replace(self.vehicles, has=has))

    def _check_columns(self) -> None:
        streams, skills = len(self.streams), len(self.skills)
        for label, array, count, of in (
            ("vehicles.capacity_l", self.vehicles.capacity_l, streams, "streams"),
            ("facilities.accepts", self.facilities.accepts, streams, "streams"),
            ("vehicles.has", self.vehicles.has, skills, "skills"),
            ("stops.needs", self.stops.needs, skills, "skills"),
        ):
            if array.shape[1] != count:
                raise ValueError(
                    f"{label} has {array.shape[1]} columns, expected {count}, "
                    f"one for each of {of}"
                )
        freeze(self, "problem", {"conflicts": (streams, streams)})
        is_odd = self.conflicts != self.conflicts.T
        refuse("problem.conflicts", self.conflicts, is_odd, "must be mutual")
        is_odd = self.conflicts & np.eye(streams, dtype=np.bool_)
        refuse("problem.conflicts", self.conflicts, is_odd, "in conflict with itself")

    def _check_indices(self) -> None:
        vehicles, depots = len(self.vehicles), self.depot_count
        for label, array, count in (
            ("stops.stream", self.stops.stream, len(self.streams)),
            ("stops.pinned_vehicle", self.stops.pinned_vehicle, vehicles),
            ("stops.planned_vehicle", self.stops.planned_vehicle, vehicles),
            ("vehicles.depot", self.vehicles.depot, depots),
            ("vehicles.end_depot", self.vehicles.end_depot, depots),
        ):
            int_array(label, array, shape=array.shape, minimum=-1, maximum=count - 1)

    def _check_groups(self) -> None:
        for label, rows in (("rests", self.rests), ("locked", self.locked)):
            if rows and len(rows) != len(self.vehicles):
                raise ValueError(
                    f"{label} has {len(rows)} rows, expected {len(self.vehicles)}, "
                    "one for each vehicle"
                )
        for label, groups in (
            ("same_vehicle", self.same_vehicle),
            ("precedence", self.precedence),
        ):
            _refuse_strangers(label, groups, 0, len(self.stops))
        _refuse_strangers("locked", self.locked, self.depot_count, self.location_count)
        _refuse_circles(self.precedence)
        _refuse_twice(self.locked, self.stop_location(0))


def _refuse_strangers(label: str, groups: Groups, first: int, end: int) -> None:
    for row, group in enumerate(groups):
        for column, member in enumerate(group):
            if not first <= member < end or member % 1 != 0:
                raise ValueError(
                    f"{label}[{row}, {column}] = {member} not understood: "
                    f"expected {first} to {end - 1}"
                )


def _refuse_circles(precedence: tuple[tuple[int, int], ...]) -> None:
    earlier: dict[int, set[int]] = {}
    for row, pair in enumerate(precedence):
        if len(pair) != 2:  # noqa: PLR2004
            raise ValueError(f"precedence[{row}] = {pair} not understood: not a pair")
        earlier.setdefault(pair[1], set()).add(pair[0])
    try:
        TopologicalSorter(earlier).prepare()
    except CycleError as error:
        circle = error.args[1]
        raise ValueError(f"precedence not understood: circle {circle}") from None


def _refuse_twice(locked: Groups, first_stop: int) -> None:
    """Refuse a stop that is locked twice; a facility may come again."""
    seen = set()
    for row, group in enumerate(locked):
        for column, member in enumerate(group):
            if member >= first_stop and member in seen:
                raise ValueError(
                    f"locked[{row}, {column}] = {member} not understood: locked twice"
                )
            seen.add(member)
