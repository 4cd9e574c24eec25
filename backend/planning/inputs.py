"""Everything a service day's plan is made from, read in one go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from backend.planning.horizon import ServiceDay
from backend.planning.learning import load_learned
from backend.store.overview import Organisation
from backend.store.planning import (
    Facility,
    PlannedSlot,
    Vehicle,
    load_facilities,
    load_slots,
    load_vehicles,
)
from backend.store.so_far import (
    RunSoFar,
    StopSoFar,
    find_origins,
    load_runs_so_far,
    load_stops_so_far,
)
from routing.demand import Learned

# The forecast looks at eight weeks; what is older says little about next week.
HISTORY = timedelta(days=56)
DAY = timedelta(days=1)
# A bin is taken to be as full as it will be this long after the shifts begin.
HALF_A_MORNING = timedelta(hours=2)


class PlanningError(Exception):
    """A day cannot be planned; the message says what is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What is known when a day is planned.

    `runs` and `stops` are those of the day's plan in force, if it has one; `origins`
    is slot_id → the first stop that the day had for it; `learned` is what forecasts
    learned from all bins, if they could.
    """

    organisation: Organisation
    service_day: ServiceDay
    now: datetime
    slots: list[PlannedSlot]
    vehicles: list[Vehicle]
    facilities: list[Facility]
    runs: list[RunSoFar]
    stops: list[StopSoFar]
    origins: dict[int, int]
    learned: Learned | None

    @property
    def begins_at(self) -> datetime:
        """When the first vehicle may leave, or now if that is past."""
        return max(self.now, self._first_shift_at)

    @property
    def ends_at(self) -> datetime:
        """When the last shift is over."""
        return max(self.begins_at, self._last_shift_ends_at)

    @property
    def work_at(self) -> datetime:
        """When the typical bin of the day is emptied."""
        return max(self.now, self._first_shift_at + HALF_A_MORNING)

    @property
    def next_chance_at(self) -> datetime:
        """When a bin that is left today could be emptied at the latest."""
        return self._last_shift_ends_at + DAY

    @property
    def _first_shift_at(self) -> datetime:
        day = self.service_day
        return day.at(
            min(day.seconds(each.shift_start_local) for each in self.vehicles)
        )

    @property
    def _last_shift_ends_at(self) -> datetime:
        day, fleet = self.service_day, self.vehicles
        return day.at(max(day.seconds(each.shift_end_local) for each in fleet))


def load_inputs(
    conn: Connection[Any], organisation: Organisation, *, service_day: ServiceDay
) -> Inputs:
    """Read slots, fleet and facilities, and what was done of the day already.

    Raises
    ------
    PlanningError
        If there is nothing to collect, nobody to drive or nowhere to tip.
    """
    owner, now = organisation.organisation_id, organisation.now
    inputs = Inputs(
        organisation=organisation,
        service_day=service_day,
        now=now,
        slots=load_slots(conn, owner, since=now - HISTORY),
        vehicles=load_vehicles(conn, owner),
        facilities=load_facilities(conn, owner),
        runs=load_runs_so_far(conn, owner, service_day.day),
        stops=load_stops_so_far(conn, owner, service_day.day),
        origins=find_origins(conn, owner, service_day.day),
        learned=load_learned(conn, owner),
    )
    if not inputs.slots:
        raise PlanningError(
            "there are no bins: bring them by `ullage import bins FILE`"
        )
    if not inputs.vehicles:
        raise PlanningError("there is no vehicle with a compartment")
    if not inputs.facilities:
        raise PlanningError("there is no facility where a load could be tipped")
    return inputs
