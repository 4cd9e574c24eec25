"""The problem: what has to be collected, by whom, tipped where, over which ways.

Times are whole seconds since the plan's own zero (say, local midnight of the service
day). Locations are rows of the matrices, in this order: depots, facilities, stops.
"""

from dataclasses import dataclass, field, fields

import numpy as np

from routing.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    bool_array,
    float_array,
    int_array,
    refuse_unordered,
)
from routing.solver.locations import Locations, lay_locations

UNLIMITED = 2**31 - 1
"""What a limit says when there is none."""

_LATEST_S = 2**31 - 1

Shapes = dict[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stops:
    """The bins that may be emptied; every array has one row a stop, s rows.

    Parameters
    ----------
    demand_l
        (s,) litres that are expected in the bin.
    stream
        (s,) index into ``Problem.streams``.
    mass_kg
        (s,) kilograms that are expected in the bin.
    service_s
        (s,) seconds that emptying takes.
    earliest_s, latest_s
        (s,) seconds between which emptying may begin; who comes early waits.
    prize_cents
        (s,) cents that emptying today is worth; what a plan loses by leaving it.
    is_mandatory
        (s,) whether the stop must be in the plan if any plan can hold it.
    """

    demand_l: FloatArray
    stream: IntArray
    mass_kg: FloatArray
    service_s: IntArray
    earliest_s: IntArray
    latest_s: IntArray
    prize_cents: IntArray
    is_mandatory: BoolArray

    def __post_init__(self) -> None:
        shape = (len(self.demand_l),)
        _freeze(self, "stops", dict.fromkeys(_names(self), shape))
        refuse_unordered("earliest_s", self.earliest_s, "stops.latest_s", self.latest_s)

    def __len__(self) -> int:
        return len(self.demand_l)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Vehicles:
    """The fleet; every array has one row a vehicle, v rows.

    Parameters
    ----------
    capacity_l
        (v, streams) litres of the compartment for each stream; 0: does not take it.
    capacity_kg
        (v,) kilograms on board at once, all streams together.
    shift_start_s, shift_end_s
        (v,) earliest departure from and latest return to the depot.
    depot
        (v,) location of the depot where the vehicle starts and ends.
    cents_per_km, cents_per_hour
        (v,) cost of driving, and of time from departure to return.
    fixed_cents
        (v,) cost of leaving the depot at all.
    max_distance_m, max_stops
        (v,) limits of one run, ``UNLIMITED`` for none; tips are not counted as stops.
    """

    capacity_l: FloatArray
    capacity_kg: FloatArray
    shift_start_s: IntArray
    shift_end_s: IntArray
    depot: IntArray
    cents_per_km: FloatArray
    cents_per_hour: FloatArray
    fixed_cents: IntArray
    max_distance_m: IntArray
    max_stops: IntArray

    def __post_init__(self) -> None:
        count = len(self.capacity_kg)
        if count == 0:
            raise ValueError("vehicles is empty: a plan needs at least one vehicle")
        shapes: Shapes = dict.fromkeys(_names(self), (count,))
        shapes |= {"capacity_l": (count, _columns(self.capacity_l))}
        _freeze(self, "vehicles", shapes)
        refuse_unordered(
            "shift_start_s",
            self.shift_start_s,
            "vehicles.shift_end_s",
            self.shift_end_s,
        )

    def __len__(self) -> int:
        return len(self.capacity_kg)


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
        (f,) seconds between which a tip may begin.
    tip_cents
        (f,) cost of one tip.
    """

    accepts: BoolArray
    tip_s: IntArray
    opens_s: IntArray
    closes_s: IntArray
    tip_cents: IntArray

    def __post_init__(self) -> None:
        count = len(self.tip_s)
        shapes: Shapes = dict.fromkeys(_names(self), (count,))
        shapes |= {"accepts": (count, _columns(self.accepts))}
        _freeze(self, "facilities", shapes)
        refuse_unordered("opens_s", self.opens_s, "facilities.closes_s", self.closes_s)

    def __len__(self) -> int:
        return len(self.tip_s)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Problem:
    """One service day to be planned.

    Parameters
    ----------
    streams
        Names of the streams; arrays refer to them by index.
    depot_count
        How many of the first locations are depots.
    facilities, stops, vehicles
        What the rows of the matrices are, and who drives.
    travel_s, distance_m
        (n, n) whole seconds and metres from row to column,
        n = depots + facilities + stops.

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
    travel_s: IntArray
    distance_m: IntArray
    locations: Locations = field(init=False)

    def __post_init__(self) -> None:
        if not self.streams:
            raise ValueError("streams is empty: name at least one stream")
        if self.depot_count < 1:
            raise ValueError(f"depot_count = {self.depot_count} not understood: < 1")
        self._check_streams()
        self._check_indices()
        square = (self.location_count, self.location_count)
        _freeze(self, "problem", {"travel_s": square, "distance_m": square})
        locations = lay_locations(self, always_s=_LATEST_S)
        object.__setattr__(self, "locations", locations)

    @property
    def location_count(self) -> int:
        """Return n, the number of rows of the matrices."""
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

    def _check_streams(self) -> None:
        count = len(self.streams)
        for label, array in (
            ("vehicles.capacity_l", self.vehicles.capacity_l),
            ("facilities.accepts", self.facilities.accepts),
        ):
            if array.shape[1] != count:
                raise ValueError(
                    f"{label} has {array.shape[1]} columns, expected {count}, "
                    "one for each of streams"
                )

    def _check_indices(self) -> None:
        int_array(
            "stops.stream",
            self.stops.stream,
            shape=self.stops.stream.shape,
            maximum=len(self.streams) - 1,
        )
        int_array(
            "vehicles.depot",
            self.vehicles.depot,
            shape=self.vehicles.depot.shape,
            maximum=self.depot_count - 1,
        )


def _columns(array: FloatArray | BoolArray) -> int:
    return int(np.shape(array)[-1])


def _names(value: "Stops | Vehicles | Facilities | Problem") -> list[str]:
    return [each.name for each in fields(value)]


def _freeze(
    value: "Stops | Vehicles | Facilities | Problem",
    owner: str,
    shapes: dict[str, tuple[int, ...]],
) -> None:
    """Replace the named fields by checked read-only arrays of their annotated kind."""
    kinds = {each.name: each.type for each in fields(value)}
    for name, shape in shapes.items():
        label = f"{owner}.{name}"
        given = getattr(value, name)
        array: FloatArray | IntArray | BoolArray
        if kinds[name] == BoolArray:
            array = bool_array(label, given, shape=shape)
        elif kinds[name] == IntArray:
            array = int_array(label, given, shape=shape, maximum=_LATEST_S)
        else:
            array = float_array(label, given, shape=shape)
        object.__setattr__(value, name, array)
