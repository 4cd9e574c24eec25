"""Nodes of a route: how they are linked, and what they are."""

from routing.solver.engine.compiled import inlined
from routing.solver.engine.facts import Facts
from routing.solver.engine.legs import leg
from routing.solver.engine.state import State

NOWHERE = -1  # no node


@inlined
def link(f: Facts, s: State, a: int, b: int) -> None:
    """Let b come after a."""
    s.next[a] = b
    s.prev[b] = a
    metres, seconds = leg(f.legs, s.location[a], s.location[b])
    s.leg_m[a] = metres
    s.leg_s[a] = seconds


@inlined
def start_of(f: Facts, r: int) -> int:
    """Return the node where a route starts."""
    return f.stops + r


@inlined
def end_of(f: Facts, r: int) -> int:
    """Return the node where a route ends."""
    return f.stops + f.routes + r


@inlined
def is_tip(f: Facts, x: int) -> bool:
    """Tell whether a node is a tip."""
    return x >= f.stops + 2 * f.routes


@inlined
def is_end(f: Facts, x: int) -> bool:
    """Tell whether a node is the end of a route."""
    return f.stops + f.routes <= x < f.stops + 2 * f.routes
