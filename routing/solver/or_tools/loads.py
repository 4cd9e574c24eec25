"""What may be on board: each stream's litres, and kilograms and containers in all."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import BoolArray, IntArray
from routing.solver.or_tools.core import Core, Untyped
from routing.solver.or_tools.thousandths import rounded_down, rounded_up


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Tank:
    """Something that stops fill and tips empty, in whole units.

    Parameters
    ----------
    added
        (s,) what each stop puts in.
    aboard
        (v,) what is in at the start.
    capacity
        (v,) what goes in.
    is_emptied
        (f,) whether a tip at the facility empties it, always whole.
    is_empty_at_home
        (v,) whether nothing may be left in it at the end of the run.
    """

    name: str
    added: IntArray
    aboard: IntArray
    capacity: IntArray
    is_emptied: BoolArray
    is_empty_at_home: BoolArray


def limit_loads(core: Core) -> None:
    """Keep what is on board within each compartment and within the vehicle."""
    for stream in range(len(core.problem.streams)):
        _limit_litres(core, stream)
        _keep_traces(core, stream)
    stops, fleet = core.problem.stops, core.problem.vehicles
    _limit_total(
        core,
        "kilograms",
        added=rounded_up(stops.mass_kg),
        aboard=rounded_up(fleet.aboard_kg),
        capacity=rounded_down(fleet.capacity_kg),
    )
    _limit_total(
        core,
        "containers",
        added=stops.containers,
        aboard=fleet.aboard_containers,
        capacity=fleet.capacity_containers,
    )


def add_tank(core: Core, tank: Tank) -> None:
    """State one tank as a dimension.

    A tip takes off the most there can be, and the slack gives back what was not there:
    a tank may be left fuller than it is, which never helps, but not emptier.
    """
    routing, nodes = core.routing, core.nodes
    added = nodes.of_stops(tank.added)
    empties = np.append(tank.is_emptied, False)[nodes.facility]
    room = int(added.sum() + tank.aboard.max())
    capacity = np.minimum(np.maximum(tank.capacity, tank.aboard), room)
    most = int(capacity.max())
    routing.AddDimensionWithVehicleCapacity(
        core.vector(np.where(empties, -most, added)),
        most if empties.any() else 0,
        capacity.tolist(),
        not tank.aboard.any(),
        tank.name,
    )
    dimension = core.dimension(tank.name)
    for node in nodes.visits[~empties[nodes.visits]]:
        dimension.SlackVar(core.index(node)).SetValue(0)
    for v in core.vehicles:
        dimension.SlackVar(routing.Start(v)).SetValue(0)
        dimension.CumulVar(routing.Start(v)).SetValue(int(tank.aboard[v]))
        if tank.is_empty_at_home[v]:
            _empty_at_home(core, v, dimension.CumulVar(routing.End(v)), tank.aboard[v])


def _empty_at_home(core: Core, vehicle: int, left: Untyped, aboard: int) -> None:
    """Bring nothing home; a vehicle that has no run keeps what it has."""
    solver, routing = core.solver, core.routing
    if aboard and not core.problem.vehicles.is_under_way[vehicle]:
        stays = routing.NextVar(routing.Start(vehicle)) == routing.End(vehicle)
        solver.Add(left <= stays * int(aboard))
    else:
        solver.Add(left <= 0)


def streams_aboard(core: Core) -> BoolArray:
    """(streams,): whether there is anything of the stream to think of."""
    problem, fleet = core.problem, core.problem.vehicles
    is_met = np.zeros(len(problem.streams), np.bool_)
    is_met[problem.stops.stream[core.nodes.offered_stops]] = True
    for aboard in (fleet.aboard_l, fleet.aboard_kg, fleet.aboard_containers):
        is_met |= (aboard > 0).any(axis=0)
    return is_met


def _limit_litres(core: Core, stream: int) -> None:
    """Fill a compartment to its capacity at most, and bring nothing home."""
    problem, fleet = core.problem, core.problem.vehicles
    if not streams_aboard(core)[stream]:
        return
    stops = problem.stops
    tank = Tank(
        name=f"litres {stream}",
        added=np.where(stops.stream == stream, rounded_up(stops.demand_l), 0),
        aboard=rounded_up(fleet.aboard_l[:, stream]),
        capacity=rounded_down(fleet.capacity_l[:, stream]),
        is_emptied=problem.facilities.accepts[:, stream],
        is_empty_at_home=~fleet.home_accepts[:, stream],
    )
    add_tank(core, tank)


def _keep_traces(core: Core, stream: int) -> None:
    """Tip what has mass or containers but no litres as well before coming home."""
    problem, fleet, stops = core.problem, core.problem.vehicles, core.problem.stops
    is_unseen = (stops.demand_l == 0) & ((stops.mass_kg > 0) | (stops.containers > 0))
    is_unseen &= stops.stream == stream
    has_unseen = (fleet.aboard_kg + fleet.aboard_containers)[:, stream] > 0
    has_unseen &= fleet.aboard_l[:, stream] == 0
    is_offered = np.isin(np.arange(len(stops)), core.nodes.offered_stops)
    if fleet.home_accepts[:, stream].all():
        return
    if not ((is_unseen & is_offered).any() or has_unseen.any()):
        return
    tank = Tank(
        name=f"traces {stream}",
        added=is_unseen.astype(np.int64),
        aboard=has_unseen.astype(np.int64),
        capacity=np.full(len(fleet), len(stops) + 1),
        is_emptied=problem.facilities.accepts[:, stream],
        is_empty_at_home=~fleet.home_accepts[:, stream],
    )
    add_tank(core, tank)


def _limit_total(
    core: Core, name: str, *, added: IntArray, aboard: IntArray, capacity: IntArray
) -> None:
    """Keep the sum over all streams within what the vehicle may carry.

    A tip takes off the accepted streams only. Streams that the same facilities accept
    leave together: one tank for each such group, and the sum of the tanks limited.

    Parameters
    ----------
    added, aboard, capacity
        (s,), (v, streams) and (v,) whole units.
    """
    problem, nodes = core.problem, core.nodes
    most = added[nodes.offered_stops].sum() + aboard.sum(axis=1)
    if (most <= capacity).all():
        return
    columns, group = np.unique(problem.facilities.accepts, axis=1, return_inverse=True)
    group = group.reshape(-1)
    names = []
    for g in np.unique(group[streams_aboard(core)]):
        tank = Tank(
            name=f"{name} {g}",
            added=np.where(group[problem.stops.stream] == g, added, 0),
            aboard=aboard[:, group == g].sum(axis=1),
            capacity=capacity,
            is_emptied=columns[:, g],
            is_empty_at_home=np.zeros(len(capacity), np.bool_),
        )
        add_tank(core, tank)
        names.append(tank.name)
    if len(names) > 1:
        _limit_sum(core, names, nodes.of_stops(added), capacity)


def _limit_sum(
    core: Core, names: list[str], added: IntArray, capacity: IntArray
) -> None:
    """Limit the sum of several tanks after every pickup."""
    dimensions = [core.dimension(name) for name in names]
    for node in core.nodes.stops:
        index, mine = core.index(node), int(added[node])
        if mine > capacity.max():
            core.routing.ActiveVar(index).SetValue(0)
            continue
        aboard = core.solver.Sum([each.CumulVar(index) for each in dimensions])
        limit = core.by_vehicle(index, capacity, left_out=int(capacity.max()))
        core.solver.Add(aboard + mine <= limit)
