"""What facilities charge for what is tipped.

The part of the price that all facilities have in common is paid at the stop, exactly.
The rest is paid at the tip for what is on board when the vehicle comes, as a soft upper
bound of nothing on the load.
"""

import numpy as np

from routing.arrays import FloatArray
from routing.solver.model import Problem
from routing.solver.or_tools.core import Core
from routing.solver.or_tools.loads import Tank, add_tank, streams_aboard
from routing.solver.or_tools.thousandths import MILLI

_MILLICENTS_A_UNIT = 200
"""Prices of a unit of mass are whole numbers: 0.25 % off at most where several
facilities are dearer, and a stop's mass is rounded to a tenth of a cent's worth."""


def base_cents_per_kg(problem: Problem) -> FloatArray:
    """(streams,): what is paid for a kilogram wherever it is tipped.

    Nothing, if a vehicle may bring the stream home instead.
    """
    facilities = problem.facilities
    rate = np.where(facilities.accepts, facilities.cents_per_tonne, np.inf)
    base = rate.min(axis=0, initial=np.inf) / MILLI
    is_sure = np.isfinite(base) & ~problem.vehicles.home_accepts.any(axis=0)
    return np.where(is_sure, base, 0.0)


def price_tonnage(core: Core) -> None:
    """Charge at each tip what is dearer there than elsewhere."""
    facilities = core.problem.facilities
    extra = facilities.cents_per_tonne / MILLI - base_cents_per_kg(core.problem)
    extra = np.where(facilities.accepts, extra, 0.0)
    is_met = streams_aboard(core)
    for stream in np.flatnonzero((extra > 0).any(axis=0) & is_met):
        _price_stream(core, int(stream), extra[:, stream])


def _price_stream(core: Core, stream: int, cents_per_kg: FloatArray) -> None:
    problem, fleet, stops = core.problem, core.problem.vehicles, core.problem.stops
    cheapest = float(cents_per_kg[cents_per_kg > 0].min())
    unit_kg = _MILLICENTS_A_UNIT / (cheapest * MILLI)
    mass_kg = np.where(stops.stream == stream, stops.mass_kg, 0.0)
    added = np.rint(mass_kg / unit_kg).astype(np.int64)
    aboard = np.rint(fleet.aboard_kg[:, stream] / unit_kg).astype(np.int64)
    tank = Tank(
        name=f"charged {stream}",
        added=added,
        aboard=aboard,
        capacity=aboard + added.sum(),
        is_emptied=problem.facilities.accepts[:, stream],
        is_empty_at_home=np.zeros(len(fleet), np.bool_),
    )
    add_tank(core, tank)
    dimension = core.dimension(tank.name)
    for node in core.nodes.tips:
        cents = cents_per_kg[core.nodes.facility[node]]
        price = round(cents * unit_kg * MILLI)
        if price:
            dimension.SetCumulVarSoftUpperBound(core.index(node), 0, price)
