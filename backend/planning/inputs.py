"""Everything a service day's plan is made from, read in one go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from backend.planning.horizon import ServiceDay
from backend.planning.learning import load_learned
from backend.planning.service_days import next_service_days, to_calendar
from backend.store.collection_rules import load_service_days, load_service_level
from backend.store.known_events import load_known_events
from backend.store.overview import Organisation
from backend.store.planning import (
    Facility,
    PlannedSlot,
    Vehicle,
    load_facilities,
    load_neighbour_m,
    load_slots,
    load_usual_detour_cents,
    load_vehicles,
)
from backend.store.so_far import (
    RunSoFar,
    StopSoFar,
    find_origins,
    load_runs_so_far,
    load_stops_so_far,
)
from routing.demand import Calendar, Learned
from routing.selection import CHANCES

# The forecast looks at eight weeks; what is older says little about next week.
HISTORY = timedelta(days=56)
# A bin is taken to be as full as it will be this long after the shifts begin.
HALF_A_MORNING = timedelta(hours=2)


class PlanningError(Exception):
    """A day cannot be planned; the message says what is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What is known when a day is planned.

    `runs` and `stops` are those of the day's plan in force, if it has one; `origins`
    is slot_id → the first stop that the day had for it. `neighbour_m` is how far a
    citizen carries what found no room; `detour_cents` what one more bin usually costs.
    `service_level` is the share of bins that shall have room; None: none was set.
    `later_days` are the next service days; `learned` is what forecasts learned from
    all bins, if they could.
    """

    organisation: Organisation
    service_day: ServiceDay
    later_days: list[ServiceDay]
    neighbour_m: int
    service_level: float | None
    detour_cents: float
    now: datetime
    slots: list[PlannedSlot]
    vehicles: list[Vehicle]
    facilities: list[Facility]
    runs: list[RunSoFar]
    stops: list[StopSoFar]
    origins: dict[int, int]
    learned: Learned | None
    calendar: Calendar

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
        """When a bin that is left could be emptied at the latest: next service day."""
        return self._end_of(self.later_days[0])

    @property
    def chances_at(self) -> list[datetime]:
        """When the typical bin could be emptied: today, and on the later days."""
        first = [self._first_shift_of(day) for day in self.later_days]
        return [self.work_at, *(at + HALF_A_MORNING for at in first)]

    @property
    def _first_shift_at(self) -> datetime:
        return self._first_shift_of(self.service_day)

    def _first_shift_of(self, day: ServiceDay) -> datetime:
        return day.at(
            min(day.seconds(each.shift_start_local) for each in self.vehicles)
        )

    @property
    def _last_shift_ends_at(self) -> datetime:
        return self._end_of(self.service_day)

    def _end_of(self, day: ServiceDay) -> datetime:
        return day.at(max(day.seconds(each.shift_end_local) for each in self.vehicles))


def load_inputs(
    conn: Connection[Any],
    organisation: Organisation,
    *,
    service_day: ServiceDay,
    since: datetime | None = None,
) -> Inputs:
    """Read slots, fleet and facilities, and what was done of the day already.

    `since` is how far back the slots' history goes; as far as forecasts look, unless
    asked.

    Raises
    ------
    PlanningError
        If there is nothing to collect, nobody to drive or nowhere to tip.
    """
    owner, now = organisation.organisation_id, organisation.now
    service = load_service_days(conn, owner)
    later = next_service_days(service_day.day, service, count=CHANCES)
    inputs = Inputs(
        organisation=organisation,
        service_day=service_day,
        later_days=[ServiceDay(day=day, zone=service_day.zone) for day in later],
        neighbour_m=load_neighbour_m(conn, owner),
        service_level=load_service_level(conn, owner),
        detour_cents=load_usual_detour_cents(conn, owner),
        now=now,
        slots=load_slots(conn, owner, since=since or now - HISTORY),
        vehicles=load_vehicles(conn, owner),
        facilities=load_facilities(conn, owner),
        runs=load_runs_so_far(conn, owner, service_day.day),
        stops=load_stops_so_far(conn, owner, service_day.day),
        origins=find_origins(conn, owner, service_day.day),
        learned=load_learned(conn, owner),
        calendar=to_calendar(service.days_off, load_known_events(conn, owner)),
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
