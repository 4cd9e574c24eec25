"""When work may begin, and when runs begin and end: windows, shifts, overtime."""

from itertools import pairwise

from ortools.constraint_solver import pywrapcp

from routing.arrays import IntArray
from routing.solver.model import Problem
from routing.solver.or_tools.core import Core
from routing.solver.or_tools.thousandths import millicents_per_s
from routing.solver.problem.fields import UNLIMITED

TIME = "time"
"""Dimension: seconds at which work begins at a halt, a run departs or returns.

What is not spent on the work and the way to the next halt is slack: waiting, standing
in a yard until a release, breaks.
"""


def horizon_s(problem: Problem) -> int:
    """Return when the last run must be over."""
    return int(problem.vehicles.latest_end_s.max())


def limit_times(core: Core) -> None:
    """Keep windows, opening hours, shifts and the longest duration of runs."""
    horizon = horizon_s(core.problem)
    spent = core.matrix(core.work_s[:, None] + core.nodes.travel_s)
    core.routing.AddDimension(spent, horizon, horizon, False, TIME)
    _open_stops(core)
    _open_facilities(core)
    for v in core.vehicles:
        _limit_run(core, v)


def price_times(core: Core) -> None:
    """Charge overtime, long runs, and time that is not spent on work and ways.

    Work and ways are in the price of the leg, which the search sees better.
    """
    routing, fleet = core.routing, core.problem.vehicles
    dimension, has_slack = core.dimension(TIME), _has_slack(core)
    for v in core.vehicles:
        price = millicents_per_s(fleet.cents_per_hour[v])
        if has_slack and price:
            dimension.SetSlackCostCoefficientForVehicle(price, v)
        price = millicents_per_s(fleet.overtime_cents_per_hour[v])
        if price and fleet.overtime_s[v] > 0:
            shift_end_s = int(fleet.shift_end_s[v])
            dimension.SetCumulVarSoftUpperBound(routing.End(v), shift_end_s, price)
        price = millicents_per_s(fleet.unfair_cents_per_hour[v])
        if price and fleet.fair_duration_s[v] < UNLIMITED:
            fair = pywrapcp.BoundCost(int(fleet.fair_duration_s[v]), price)
            dimension.SetSoftSpanUpperBoundForVehicle(fair, v)


def _has_slack(core: Core) -> bool:
    """Tell whether any time may be lost at all: if not, nothing is to be charged."""
    problem, nodes = core.problem, core.nodes
    stops, facilities, fleet = problem.stops, problem.facilities, problem.vehicles
    opens_s = nodes.of_stops(stops.earliest_s[:, -1])
    opens_s = opens_s + nodes.of_facilities(facilities.opens_s[:, -1])
    has_breaks = any(rest.breaks or rest.driving for rest in problem.rests)
    is_late = (opens_s > fleet.shift_start_s.min()).any()
    is_held = (stops.release_s[nodes.offered_stops] > 0).any()
    return bool(is_late or is_held or has_breaks)


def _open_stops(core: Core) -> None:
    stops, nodes = core.problem.stops, core.nodes
    for node in nodes.stops:
        stop = nodes.stop[node]
        _open(core, node, stops.earliest_s[stop], stops.latest_s[stop])


def _open_facilities(core: Core) -> None:
    facilities, nodes = core.problem.facilities, core.nodes
    for node in nodes.tips:
        facility = nodes.facility[node]
        _open(core, node, facilities.opens_s[facility], facilities.closes_s[facility])


def _open(core: Core, node: int, opens_s: IntArray, closes_s: IntArray) -> None:
    """Let work begin in one of the windows only."""
    horizon = horizon_s(core.problem)
    windows = sorted(set(zip(opens_s.tolist(), closes_s.tolist(), strict=True)))
    windows = [window for window in windows if window[0] <= horizon]
    index = core.index(node)
    if not windows:
        core.routing.ActiveVar(index).SetValue(0)
        return
    begin = core.dimension(TIME).CumulVar(index)
    begin.SetRange(windows[0][0], min(windows[-1][1], horizon))
    for (_, closed), (opened, _) in pairwise(windows):
        if closed + 1 <= opened - 1:
            begin.RemoveInterval(closed + 1, opened - 1)


def _limit_run(core: Core, vehicle: int) -> None:
    """Depart and return within the shift and its overtime, not too long after."""
    routing, fleet = core.routing, core.problem.vehicles
    dimension = core.dimension(TIME)
    departs = dimension.CumulVar(routing.Start(vehicle))
    earliest_s = int(fleet.shift_start_s[vehicle])
    latest_s = int(fleet.latest_end_s[vehicle])
    departs.SetRange(earliest_s, latest_s)
    dimension.CumulVar(routing.End(vehicle)).SetRange(earliest_s, latest_s)
    if fleet.is_under_way[vehicle]:
        departs.SetValue(earliest_s)
        routing.SetVehicleUsedWhenEmpty(True, vehicle)
    longest_s = int(fleet.max_duration_s[vehicle])
    if longest_s < latest_s - earliest_s:
        dimension.SetSpanUpperBoundForVehicle(longest_s, vehicle)
