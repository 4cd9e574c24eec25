"""What driving and work cost where bins are to be emptied."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray

HEADROOM = 0.97
"""Of a vehicle: bins are fuller or emptier than expected."""

_S_PER_H, _M_PER_KM = 3600, 1000


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ground:
    """What driving and work cost, in cents.

    Parameters
    ----------
    way_cents
        (1 + n, 1 + n) from row to column; row 0 is the depot.
    home_cents
        (n,) from a slot over the nearest facility to the depot.
    visit_cents
        (n,) the work of emptying.
    trip_cents
        What a tip costs.
    volume_l
        (n,) what a bin holds.
    room_l
        What a vehicle holds.
    """

    way_cents: FloatArray
    home_cents: FloatArray
    visit_cents: FloatArray
    trip_cents: float
    volume_l: FloatArray
    room_l: float


@dataclass(frozen=True, kw_only=True, slots=True)
class UsualVehicle:
    """The vehicle that is taken to come.

    Parameters
    ----------
    tip_s
        Seconds that a tip takes.
    capacity_l
        What it holds, in litres as they are in bins.
    """

    cents_per_km: float
    cents_per_hour: float
    tip_s: float
    capacity_l: float


def lay_ground(
    distance_m: IntArray,
    travel_s: IntArray,
    *,
    vehicle: UsualVehicle,
    service_s: IntArray,
    volume_l: FloatArray,
) -> Ground:
    """Price the ways between a depot, the places where loads are tipped, and slots.

    Parameters
    ----------
    distance_m, travel_s
        (1 + k + n, 1 + k + n) in that order; with k = 0 loads are tipped at the depot.
    """
    cents = distance_m / _M_PER_KM * vehicle.cents_per_km
    cents = cents + travel_s / _S_PER_H * vehicle.cents_per_hour
    first = len(cents) - len(volume_l)
    tips = np.arange(1, first) if first > 1 else np.zeros(1, np.int64)
    here = np.append(0, np.arange(first, len(cents)))
    return Ground(
        way_cents=np.ascontiguousarray(cents[np.ix_(here, here)]),
        home_cents=(cents[first:][:, tips] + cents[tips, 0]).min(axis=1),
        visit_cents=service_s / _S_PER_H * vehicle.cents_per_hour,
        trip_cents=vehicle.tip_s / _S_PER_H * vehicle.cents_per_hour,
        volume_l=volume_l,
        room_l=HEADROOM * vehicle.capacity_l,
    )
