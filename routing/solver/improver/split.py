"""A large problem in parts: routes that lie together, each part for one thread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order

from routing.arrays import IntArray
from routing.solver.engine.facts import Facts

Halts = Sequence[Sequence[int]]

_LINKS = 8  # nearest stops by which neighbourhoods hang together


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Part:
    """(k,) stops and (l,) routes, used and unused ones, that one search may change."""

    stops: IntArray
    routes: IntArray


def split(
    facts: Facts, near: IntArray, halts: Halts, *, count: int, rng: np.random.Generator
) -> list[Part]:
    """Split a plan into parts of about as many stops.

    The routes around a random stop are one half, the others the other half, and so on:
    where parts meet is elsewhere each time. Stops in no route go with their nearest
    neighbour that is in one, unused vehicles go round.
    """
    route_of = _route_of(facts, halts)
    used = np.unique(route_of[route_of >= 0])
    groups = _halved(used, route_of, near[:, :_LINKS], count, rng)
    part_of_route = np.full(facts.routes, -1)
    for i, group in enumerate(groups):
        part_of_route[group] = i
    unused = [r for r in facts.by_class[: facts.routes] if part_of_route[r] < 0]
    part_of_route[unused] = np.arange(len(unused)) % len(groups)
    homes = _homes(route_of, near)
    part_of_stop = np.where(homes >= 0, part_of_route[homes], 0)
    return [
        Part(
            stops=np.flatnonzero(part_of_stop == i),
            routes=np.flatnonzero(part_of_route == i),
        )
        for i in range(len(groups))
    ]


def _route_of(facts: Facts, halts: Halts) -> IntArray:
    """(s,): the route of every stop, -1 if it is in none."""
    route_of = np.full(facts.stops, -1)
    for r, run in enumerate(halts):
        stops = np.array(run, np.int64) - facts.first_stop
        route_of[stops[stops >= 0]] = r
    return route_of


def _halved(
    routes: IntArray,
    route_of: IntArray,
    near: IntArray,
    count: int,
    rng: np.random.Generator,
) -> list[IntArray]:
    """Return so many groups of routes; fewer if there are not so many routes."""
    if count <= 1 or len(routes) <= 1:
        return [routes]
    ours = np.flatnonzero(np.isin(route_of, routes))
    rank = _distances(ours, near, len(route_of), rng)
    place = np.searchsorted(routes, route_of[ours])
    sizes = np.bincount(place, minlength=len(routes))
    mean_rank = np.bincount(place, rank, minlength=len(routes)) / np.maximum(1, sizes)
    order = np.argsort(mean_rank, kind="stable")
    some = count // 2
    filled = np.cumsum(sizes[order]) / max(1, sizes.sum())
    cut = int(np.clip(np.searchsorted(filled, some / count) + 1, 1, len(routes) - 1))
    return [
        *_halved(np.sort(routes[order[:cut]]), route_of, near, some, rng),
        *_halved(np.sort(routes[order[cut:]]), route_of, near, count - some, rng),
    ]


def _distances(
    ours: IntArray, near: IntArray, count: int, rng: np.random.Generator
) -> IntArray:
    """(k,): which of these stops come first, seen from a random one of them."""
    place = np.full(count, -1)
    place[ours] = np.arange(len(ours))
    here = np.repeat(np.arange(len(ours)), near.shape[1])
    there = place[near[ours].reshape(-1)]
    is_ours = there >= 0
    links = (np.ones(int(is_ours.sum())), (here[is_ours], there[is_ours]))
    graph = coo_array(links, shape=(len(ours), len(ours))).tocsr()
    rank = np.full(len(ours), len(ours))
    root = int(rng.integers(len(ours)))
    reached = breadth_first_order(graph, root, directed=False)[0]
    rank[reached] = np.arange(len(reached))
    return rank


def _homes(route_of: IntArray, near: IntArray) -> IntArray:
    """(s,): the route of every stop, or of its nearest neighbour that has one."""
    homes = route_of.copy()
    for i in range(near.shape[1]):
        homes = np.where(homes < 0, route_of[near[:, i]], homes)
    return homes
