"""Weights for every arc of a hierarchy, worked out from those of the graph."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.search.contraction import Hierarchy, compiled

Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int32]

# The arc stands for an arc of the graph, not for a way over a lower node.
ORIGINAL = -1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Weighted:
    """A hierarchy with the costs of one vehicle, in one state of the streets.

    Parameters
    ----------
    up, down
        (k,) cost from the lower end to the upper and back; infinite: no way.
    over_up, over_down
        (k,) the lower node that the way leads over, or `ORIGINAL`.
    """

    hierarchy: Hierarchy
    up: Floats
    down: Floats
    over_up: Small
    over_down: Small


def customise(hierarchy: Hierarchy, cost: Floats) -> Weighted:
    """Carry (t,) costs of the graph's arcs up the hierarchy."""
    up = np.full(len(hierarchy.head), np.inf)
    down = np.full(len(hierarchy.head), np.inf)
    over_up = np.full(len(hierarchy.head), ORIGINAL, np.int32)
    over_down = np.full(len(hierarchy.head), ORIGINAL, np.int32)
    _begin(hierarchy.arc_of, hierarchy.is_up, cost, up, down)
    _relax(hierarchy.first, hierarchy.head, up, down, over_up, over_down)
    return Weighted(
        hierarchy=hierarchy, up=up, down=down, over_up=over_up, over_down=over_down
    )


@compiled
def _begin(arc_of, is_up, cost, up, down):
    for i in range(len(arc_of)):
        arc = arc_of[i]
        if arc < 0:
            continue
        if is_up[i]:
            up[arc] = min(up[arc], cost[i])
        else:
            down[arc] = min(down[arc], cost[i])


@compiled
def _relax(first, head, up, down, over_up, over_down):
    """Let every arc lead over each lower node that joins its ends, if that is less."""
    for v in range(len(first) - 1):
        for low in range(first[v], first[v + 1]):
            u = head[low]
            arc = first[u]
            for high in range(low + 1, first[v + 1]):
                while head[arc] != head[high]:
                    arc += 1
                there = down[low] + up[high]
                if there < up[arc]:
                    up[arc] = there
                    over_up[arc] = v
                back = down[high] + up[low]
                if back < down[arc]:
                    down[arc] = back
                    over_down[arc] = v
