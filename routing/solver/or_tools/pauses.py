"""Breaks, rests and releases: what parts a way, or holds a vehicle in a yard."""

from routing.solver.or_tools.core import Core
from routing.solver.or_tools.driving import add_rests, limit_driving
from routing.solver.or_tools.releases import has_releases, keep_releases
from routing.solver.or_tools.rests import choose_sides, fixed_breaks, lay_pauses


def limit_pauses(core: Core) -> bool:
    """State breaks, the driving rule and releases; tell whether there is any pause."""
    limit_driving(core)
    pauses = [add_rests(core, v, fixed_breaks(core, v)) for v in core.vehicles]
    for v in core.vehicles:
        lay_pauses(core, v, pauses[v])
    if any(pauses):
        choose_sides(core, pauses)
    if has_releases(core):
        keep_releases(core, pauses)
    return any(pauses)
