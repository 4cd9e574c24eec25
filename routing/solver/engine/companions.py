"""What it costs to leave out those that a stop is tied to."""

from routing.solver.engine.compiled import called
from routing.solver.engine.facts import Facts
from routing.solver.engine.state import State


@called
def price_of_followers(f: Facts, s: State, c: int) -> int:
    """Return what it costs to leave out the stops that wait for this one."""
    price = 0
    for i in range(f.after_first[c], f.after_first[c + 1]):
        if s.route_of[f.after[i]] == f.routes:
            price += f.price[f.after[i]]
    return price


@called
def price_of_barred(f: Facts, s: State, c: int, r: int) -> int:
    """Return half the price of the absent stops tied to this one that may not come too.

    Half of it, so that the stop is served alone where they cannot both be.
    """
    price = 0
    for i in range(f.tied_first[c], f.tied_first[c + 1]):
        other = f.tied[i]
        is_absent = s.route_of[other] == f.routes
        if is_absent and not f.may[other * f.classes + f.of_class[r]]:
            price += f.price[other] // 2
    return price
