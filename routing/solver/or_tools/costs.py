"""What legs, stops, tips and vehicles cost, and what is lost by leaving stops out."""

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.solver.model import Problem
from routing.solver.or_tools.core import Core
from routing.solver.or_tools.thousandths import MILLI, SECONDS_PER_HOUR, millicents
from routing.solver.or_tools.tonnage import base_cents_per_kg

_IDLE_TIP_CENTS = 0.01
"""Of every tip on top: free tips would be made for nothing."""


def price_legs(core: Core) -> None:
    """Charge each leg, the work before it and the visit after it, by vehicle.

    Vehicles with the same rates and the same prices of all visits share one matrix.
    """
    fleet, nodes = core.problem.vehicles, core.nodes
    visits, run = visit_cents(core), run_cents(core.problem)
    spent_s = core.work_s[:, None] + nodes.travel_s
    matrices: dict[bytes, int] = {}
    for v in core.vehicles:
        per_km, per_hour = fleet.cents_per_km[v], fleet.cents_per_hour[v]
        # OR-Tools lets an empty run off the price of having one: its first leg pays.
        first = run[v] if fleet.is_under_way[v] else 0.0
        key = np.array([per_km, per_hour, first, *visits[v]]).tobytes()
        if key not in matrices:
            cents = nodes.distance_m * (per_km / MILLI)
            cents += spent_s * (per_hour / SECONDS_PER_HOUR)
            cents[nodes.is_start] += first
            matrices[key] = core.matrix(millicents(cents + visits[v]))
        core.routing.SetArcCostEvaluatorOfVehicle(matrices[key], v)


def price_vehicles(core: Core) -> None:
    """Charge having a run at all, where the first leg does not."""
    fleet = core.problem.vehicles
    cents = np.where(fleet.is_under_way, 0.0, run_cents(core.problem))
    for v, price in enumerate(millicents(cents).tolist()):
        core.routing.SetFixedCostOfVehicle(price, v)


def run_cents(problem: Problem) -> FloatArray:
    """(v,): what any run costs, tipping what is on board at the start included."""
    fleet = problem.vehicles
    cents: FloatArray = fleet.fixed_cents + fleet.aboard_kg @ base_cents_per_kg(problem)
    return cents


def visit_cents(core: Core) -> FloatArray:
    """(v, m): what each vehicle pays for coming to each node."""
    problem, nodes, stops = core.problem, core.nodes, core.problem.stops
    fleet = problem.vehicles
    vehicle = np.arange(len(fleet))[:, None]
    is_moved = (stops.planned_vehicle >= 0) & (stops.planned_vehicle != vehicle)
    zone = fleet.zone[:, None]
    is_foreign = (zone >= 0) & (stops.zone >= 0) & (zone != stops.zone)
    cents = np.where(is_moved, stops.move_cents, 0.0)
    cents += np.where(is_foreign, fleet.foreign_cents[:, None], 0.0)
    cents += stops.mass_kg * base_cents_per_kg(problem)[stops.stream]
    by_node = np.zeros((len(fleet), len(nodes)))
    by_node[:, nodes.stops] = cents[:, nodes.offered_stops]
    tip_cents = problem.facilities.tip_cents[nodes.facility[nodes.tips]]
    by_node[:, nodes.tips] = tip_cents + _IDLE_TIP_CENTS
    return by_node


def left_out_millicents(core: Core) -> IntArray:
    """(s,): the price of leaving each stop out; if mandatory, more than any plan."""
    stops = core.problem.stops
    far_above = 1 + _dearest_plan_cents(core)
    return millicents(stops.prize_cents + stops.is_mandatory * far_above)


def _dearest_plan_cents(core: Core) -> float:
    """Return more than what any plan can cost, mandatory stops left aside."""
    problem, nodes = core.problem, core.nodes
    stops, fleet, facilities = problem.stops, problem.vehicles, problem.facilities
    hourly = fleet.cents_per_hour + fleet.overtime_cents_per_hour
    hourly = hourly + fleet.unfair_cents_per_hour
    hours = (fleet.latest_end_s - fleet.shift_start_s) / SECONDS_PER_HOUR
    per_km = float(fleet.cents_per_km.max())
    farthest_km = float(nodes.distance_m.max(initial=0)) / MILLI
    tonnes = (stops.mass_kg.sum() + fleet.aboard_kg.sum()) / MILLI
    per_tonne = float(facilities.cents_per_tonne.max(initial=0))
    cents = float(hours @ hourly + fleet.fixed_cents.sum() + tonnes * per_tonne)
    cents += (len(nodes) + len(fleet)) * farthest_km * per_km
    cents += float(visit_cents(core).max(axis=0, initial=0).sum())
    return cents + float(stops.prize_cents.sum())
