"""Where each vehicle stands when a day is planned anew, and what it has on board."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from backend.planning.inputs import Inputs
from backend.store.planning import Vehicle
from backend.store.so_far import RunSoFar, StopSoFar

# A rest of this length lets the count of driving begin anew (EC 561/2006, article 7).
LONG_REST = timedelta(minutes=45)


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What is in one compartment."""

    volume_l: float = 0.0
    mass_kg: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class VehicleDay:
    """One vehicle's day so far.

    Parameters
    ----------
    run
        Its run in force; None when it has none.
    ended, still_open
        What its driver has done or skipped, in the order in which he did; and what is
        still on his list, in its order. A bin that another driver emptied meanwhile is
        neither.
    is_out
        Whether it left and is not back for good.
    free_at
        When it can go on: now, or at the end of the break that the driver is taking.
    left_at
        When it left the place where it was last heard of.
    aboard
        stream → what it has on board.
    breaks
        Entries that stay on the list as they are: a break that the driver is taking,
        or must have taken without saying so.
    """

    run: RunSoFar | None
    ended: list[StopSoFar]
    still_open: list[StopSoFar]
    is_out: bool
    free_at: datetime
    left_at: datetime
    aboard: Mapping[str, Load]
    breaks: list[StopSoFar]

    @property
    def has_begun(self) -> bool:
        """Whether the vehicle has left today, back or not."""
        return self.is_out or bool(self.ended)

    @property
    def last_place(self) -> StopSoFar | None:
        """The stop where it was last heard of; None: at its depot."""
        places = [each for each in self.ended if each.lat_deg is not None]
        return places[-1] if places and self.is_out else None

    @property
    def heading_to(self) -> StopSoFar | None:
        """The stop that it is on its way to, or working at."""
        work = (each for each in self.still_open if each.kind != "break")
        return next(work, None) if self.is_out else None

    @property
    def rests(self) -> list[StopSoFar]:
        """The breaks that the driver has had, or is having."""
        had = (each for each in self.ended if each.status == "done")
        return [each for each in (*had, *self.breaks) if each.kind == "break"]

    @property
    def driven_s(self) -> int:
        """Seconds driven since the last long rest, as planned."""
        since: Iterable[StopSoFar] = takewhile(
            lambda each: not _is_long_rest(each), reversed([*self.ended, *self.breaks])
        )
        return sum(each.leg_drive_s for each in since)


def look_at_vehicles(inputs: Inputs) -> list[VehicleDay]:
    """Tell of every vehicle of the fleet, in order, how its day has gone so far."""
    runs = {each.vehicle_id: each for each in inputs.runs}
    accepted = {each.facility_id: each.streams for each in inputs.facilities}
    return [
        _look(
            each,
            runs.get(each.vehicle_id),
            [stop for stop in inputs.stops if stop.vehicle_id == each.vehicle_id],
            accepted=accepted,
            now=inputs.now,
        )
        for each in inputs.vehicles
    ]


def _look(
    vehicle: Vehicle,
    run: RunSoFar | None,
    stops: Sequence[StopSoFar],
    *,
    accepted: Mapping[int, list[str]],
    now: datetime,
) -> VehicleDay:
    ended = sorted(
        (each for each in stops if each.status != "planned" and each.reached_at),
        key=lambda each: _reached_at(each, now),
    )
    still_open = [each for each in stops if each.status == "planned"]
    is_out = _is_out(run, ended, still_open, now)
    left_at = _left_at(run, ended, now)
    breaks = _current_breaks(still_open, left_at, now) if is_out else []
    for each in breaks:
        left_at = _begun_at(each, left_at) + _length(each)
    return VehicleDay(
        run=run,
        ended=ended,
        still_open=[each for each in still_open if each not in breaks],
        is_out=is_out,
        free_at=max(now, left_at),
        left_at=left_at,
        aboard=_aboard(vehicle, ended, accepted),
        breaks=breaks,
    )


def _reached_at(stop: StopSoFar, now: datetime) -> datetime:
    # A phone's clock may be wrong.
    return min(stop.reached_at or now, now)


def _left_at(run: RunSoFar | None, ended: list[StopSoFar], now: datetime) -> datetime:
    if ended:
        return _reached_at(ended[-1], now)
    return now if run is None else min(run.starts_at, now)


def _is_out(
    run: RunSoFar | None,
    ended: list[StopSoFar],
    still_open: list[StopSoFar],
    now: datetime,
) -> bool:
    """Without a word of its driver, a vehicle is where its run says."""
    if run is None:
        return False
    has_left = bool(ended) or run.starts_at <= now
    is_back = not still_open and run.ends_at <= now
    return has_left and not is_back


def _current_breaks(
    still_open: list[StopSoFar], left_at: datetime, now: datetime
) -> list[StopSoFar]:
    """Find the break that is going on, or over without a word, at the list's head."""
    first = still_open[:1]
    return [
        each
        for each in first
        if each.kind == "break" and _begun_at(each, left_at) <= now
    ]


def _begun_at(stop: StopSoFar, left_at: datetime) -> datetime:
    return max(stop.arrive_at, left_at)


def _length(stop: StopSoFar) -> timedelta:
    return stop.depart_at - stop.arrive_at


def _is_long_rest(stop: StopSoFar) -> bool:
    is_had = stop.kind == "break" and stop.status != "skipped"
    return is_had and _length(stop) >= LONG_REST


def _aboard(
    vehicle: Vehicle, ended: list[StopSoFar], accepted: Mapping[int, list[str]]
) -> dict[str, Load]:
    """Add up what was picked up since each compartment was last tipped.

    No more than fits: the litres are forecasts or a driver's glance, and he did get
    them in.
    """
    aboard: dict[str, Load] = {}
    for each in ended:
        if each.status != "done":
            continue
        if each.facility_id is not None:
            for stream in accepted.get(each.facility_id, []):
                aboard.pop(stream, None)
        if each.stream is not None:
            before = aboard.get(each.stream, Load())
            room_l = vehicle.compartment_l.get(each.stream, 0) * vehicle.compaction
            aboard[each.stream] = Load(
                volume_l=min(room_l, before.volume_l + each.volume_l),
                mass_kg=before.mass_kg + each.mass_kg,
            )
    return _within(vehicle.capacity_kg, aboard)


def _within(capacity_kg: int, aboard: dict[str, Load]) -> dict[str, Load]:
    total_kg = sum(each.mass_kg for each in aboard.values())
    share = min(1.0, capacity_kg / total_kg) if total_kg else 1.0
    return {
        stream: Load(volume_l=each.volume_l, mass_kg=each.mass_kg * share)
        for stream, each in aboard.items()
    }
