"""Split an operator into parts that share no vehicle: each is a world of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

import numpy as np

from backend.simulation.bins import KnownBins
from backend.simulation.terms import Terms
from backend.simulation.what_if import SimulationError
from backend.store.planning import Facility, Vehicle
from routing.roads import Place, RoadNetwork, Unreachable
from routing.simulation import Fleet

S_PER_H = 3600.0
MOST_BINS = 3000


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Group:
    """Bins of streams that some vehicles share, and where their loads are tipped.

    `distance_m`, `travel_s` are (1 + f + n, 1 + f + n): depot, facilities, bins.
    """

    bins: KnownBins
    vehicles: tuple[Vehicle, ...]
    fleet: Fleet
    facility_count: int
    distance_m: np.ndarray
    travel_s: np.ndarray


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """The groups, and what had to be left out or simplified, in words.

    `stranded` are the bins of streams that no vehicle takes.
    """

    groups: tuple[Group, ...]
    stranded: KnownBins
    notes: tuple[str, ...]


def split_terms(terms: Terms, network: RoadNetwork) -> Split:
    """Find the groups, and measure the ways within each."""
    groups: list[Group] = []
    notes: list[str] = []
    mixed: list[Vehicle] = []
    streams = set(terms.bins.stream.tolist())
    for vehicles in _share_streams(terms.vehicles):
        own = {name for each in vehicles for name in each.compartment_l} & streams
        rows = np.flatnonzero(np.isin(terms.bins.stream, list(own)))
        if not len(rows):
            continue
        streams -= own
        group, left_out = _measure(terms, terms.bins.take(rows), vehicles, network)
        if len(own) > 1:
            mixed.extend(vehicles)
        if left_out:
            notes.append(f"{left_out} bins cannot be reached and are left out")
        groups.append(group)
    if mixed:
        notes.append(f"the compartments of a truck are taken as one ({_names(mixed)})")
    unknown = [e for e in terms.vehicles if e.vehicle_id not in terms.co2_kg_per_km]
    if unknown:
        notes.append(
            f"nobody has said what {_names(unknown)} emits: counted as nothing"
        )
    stranded = np.flatnonzero(np.isin(terms.bins.stream, list(streams)))
    if streams:
        lost = ", ".join(sorted(streams))
        notes.append(f"nobody collects {lost}: {len(stranded)} bins stay full")
    return Split(
        groups=tuple(groups), stranded=terms.bins.take(stranded), notes=tuple(notes)
    )


def _names(vehicles: Sequence[Vehicle]) -> str:
    return ", ".join(each.name for each in vehicles)


def _share_streams(fleet: Sequence[Vehicle]) -> list[tuple[Vehicle, ...]]:
    """Vehicles that have a stream in common, also by way of a third, are together."""
    groups: list[tuple[set[str], list[Vehicle]]] = []
    for each in fleet:
        streams = set(each.compartment_l)
        touching = [one for one in groups if one[0] & streams]
        groups = [one for one in groups if not one[0] & streams]
        together = [vehicle for one in touching for vehicle in one[1]]
        groups.append((streams.union(*(one[0] for one in touching)), [*together, each]))
    return [tuple(vehicles) for _, vehicles in groups]


def _measure(
    terms: Terms, bins: KnownBins, vehicles: tuple[Vehicle, ...], network: RoadNetwork
) -> tuple[Group, int]:
    depot = _place(network, vehicles[0].lat_deg, vehicles[0].lon_deg)
    if depot is None:
        raise SimulationError(
            "the depot cannot be reached by road: choose another place"
        )
    tips = _facilities(terms.facilities, bins, network)
    places = [
        _place(network, lat, lon)
        for lat, lon in zip(bins.lat_deg, bins.lon_deg, strict=True)
    ]
    rows = np.flatnonzero([each is not None for each in places])
    if len(rows) > MOST_BINS:
        raise SimulationError(
            f"{len(rows)} bins share vehicles; up to {MOST_BINS} can be simulated"
        )
    matrix = network.matrix(
        [depot, *tips, *(each for each in places if each is not None)]
    )
    group = Group(
        bins=bins.take(rows),
        vehicles=vehicles,
        fleet=_fleet(terms, vehicles),
        facility_count=len(tips),
        distance_m=matrix.distance_m.astype(np.int64),
        travel_s=matrix.travel_s.astype(np.int64),
    )
    return group, len(bins) - len(rows)


def _facilities(
    facilities: Sequence[Facility], bins: KnownBins, network: RoadNetwork
) -> list[Place]:
    streams = set(bins.stream.tolist())
    found = [
        _place(network, each.lat_deg, each.lon_deg)
        for each in facilities
        if streams & set(each.streams)
    ]
    return [each for each in found if each is not None]


def _place(network: RoadNetwork, lat_deg: float, lon_deg: float) -> Place | None:
    place = network.snap_for_all(float(lat_deg), float(lon_deg))
    return None if isinstance(place, Unreachable) else place


def _fleet(terms: Terms, vehicles: Sequence[Vehicle]) -> Fleet:
    """State the vehicles; where they differ in what a fleet has once, by their mean."""
    starts = [_hour(each.shift_start_local) for each in vehicles]
    ends = [_hour(each.shift_end_local) - each.break_s / S_PER_H for each in vehicles]
    start_h = float(np.mean(starts))
    return Fleet(
        capacity_l=tuple(
            sum(each.compartment_l.values()) * each.compaction for each in vehicles
        ),
        capacity_kg=tuple(float(each.capacity_kg) for each in vehicles),
        shift_start_h=start_h,
        shift_end_h=float(np.mean(ends)),
        plan_h=min(terms.plan_h, start_h),
        tip_s=round(np.mean([each.tip_s for each in terms.facilities])),
        service_weekdays=terms.weekdays,
        cents_per_km=float(np.mean([each.cents_per_km for each in vehicles])),
        cents_per_hour=float(np.mean([each.cents_per_hour for each in vehicles])),
        co2_kg_per_km=float(
            np.mean(
                [terms.co2_kg_per_km.get(each.vehicle_id, 0.0) for each in vehicles]
            )
        ),
    )


def _hour(at_local: time) -> float:
    return at_local.hour + at_local.minute / 60
