"""How fast traffic is by class of road and hour, learned from legs that were driven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# A leg beyond these, as a share of what it should take, is no drive: a pause, a wrong
# tap. The bounds are wide: the median of the rest decides little at the edges.
_LEAST, _MOST = 0.25, 4.0
# What the usual speed weighs against, in seconds of driving: twenty minutes on a class
# in an hour count as much as all that is known before.
_PRIOR_S = 1200.0
# Nobody is believed to drive three times as fast or as slow as usual.
_SLOWEST, _FASTEST = 1 / 3, 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class DrivenLeg:
    """A leg as it was driven.

    Parameters
    ----------
    hour
        Local hour of departure, 0..23.
    seconds
        What it took.
    class_s
        By class of road: what it should take there in free flow.
    other_s
        What turns and lights should take.
    """

    hour: int
    seconds: float
    class_s: Mapping[str, float]
    other_s: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeedFactor:
    """How fast traffic is on a class of road in an hour; 1: as without traffic.

    `driven_s` is how much driving it was learned from.
    """

    road_class: str
    hour: int
    factor: float
    driven_s: float


def learn_speed_factors(legs: Sequence[DrivenLeg]) -> list[SpeedFactor]:
    """Fit factors to the legs, for each class and hour that was driven.

    Least squares on the slowness (1 / factor) of each class in each hour, drawn towards
    the slowness of the class in all hours, and that towards 1: what was hardly driven
    stays as it was.
    """
    sound = [leg for leg in legs if _is_sound(leg)]
    classes = sorted({name for leg in sound for name in leg.class_s})
    if not classes:
        return []
    shares = np.array(
        [[leg.class_s.get(name, 0.0) for name in classes] for leg in sound]
    )
    seconds = np.array([leg.seconds - leg.other_s for leg in sound])
    hours = np.array([leg.hour for leg in sound])
    of_day = _fit(shares, seconds, np.ones(len(classes)))
    found = []
    for hour in sorted(set(hours.tolist())):
        is_then = hours == hour
        slowness = _fit(shares[is_then], seconds[is_then], of_day)
        driven_s = shares[is_then].sum(axis=0)
        found += [
            SpeedFactor(
                road_class=name,
                hour=hour,
                factor=float(np.clip(1 / slowness[i], _SLOWEST, _FASTEST)),
                driven_s=float(driven_s[i]),
            )
            for i, name in enumerate(classes)
            if driven_s[i] > 0
        ]
    return found


def mean_factors(
    factors: Sequence[SpeedFactor], hours: Sequence[int]
) -> dict[str, float]:
    """Average factors over the hours of a shift: what a road takes is averaged.

    An hour that nothing is known of counts as free flow.
    """
    known = {(each.road_class, each.hour): each.factor for each in factors}
    return {
        name: len(hours) / sum(1 / known.get((name, hour), 1.0) for hour in hours)
        for name in sorted({each.road_class for each in factors})
        if hours
    }


def _is_sound(leg: DrivenLeg) -> bool:
    expected_s = sum(leg.class_s.values()) + leg.other_s
    return expected_s > 0 and _LEAST <= leg.seconds / expected_s <= _MOST


def _fit(shares: Floats, seconds: Floats, prior: Floats) -> Floats:
    """Solve for slowness; long legs weigh as much a second as short ones."""
    weight = 1 / np.sqrt(np.maximum(shares.sum(axis=1), 1.0))
    rows = np.vstack([shares * weight[:, None], np.eye(len(prior)) * np.sqrt(_PRIOR_S)])
    right = np.concatenate([seconds * weight, prior * np.sqrt(_PRIOR_S)])
    slowness: Floats = np.linalg.lstsq(rows, right, rcond=None)[0]
    return np.maximum(slowness, 1 / _FASTEST)
