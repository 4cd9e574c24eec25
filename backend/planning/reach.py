"""Which vehicles may come to which bin: the narrow lane is for the small truck."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.store.planning import Vehicle
from backend.streets import profile_of
from routing.arrays import BoolArray
from routing.roads import Place, RoadNetwork


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reach:
    """Skills of vehicles, made of what they can reach.

    Parameters
    ----------
    skills
        One for each set of vehicles that some stops are left to.
    needs
        (stops, skills)
    has
        (vehicles, skills)
    """

    skills: tuple[str, ...]
    needs: BoolArray
    has: BoolArray


def find_reach(
    network: RoadNetwork, places: Sequence[Place], vehicles: Sequence[Vehicle]
) -> Reach:
    """Ask which vehicle can come to each stop's place."""
    profiles = [profile_of(each) for each in vehicles]
    distinct = list(dict.fromkeys(profiles))
    can_come = np.array(
        [[network.can_reach(place, each) for each in distinct] for place in places],
        np.bool_,
    ).reshape(len(places), len(distinct))
    by_vehicle = can_come[:, [distinct.index(each) for each in profiles]]
    is_for_some = ~by_vehicle.all(axis=1)
    groups, group = np.unique(by_vehicle[is_for_some], axis=0, return_inverse=True)
    needs = np.zeros((len(places), len(groups)), np.bool_)
    needs[np.flatnonzero(is_for_some), group.ravel()] = True
    return Reach(
        skills=tuple(f"reaches street group {n}" for n in range(1, len(groups) + 1)),
        needs=needs,
        has=groups.T.copy(),
    )
