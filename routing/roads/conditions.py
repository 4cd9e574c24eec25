"""What is different on the streets today: closures, new limits, traffic."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.roads.network import Point
from routing.roads.tags.limits import Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class Closure:
    """A street that is shut, or open only to smaller vehicles than before.

    Exactly one of `way` and `at` is set.

    Parameters
    ----------
    way
        OSM way: all of it.
    at
        A point: the stretch between two junctions that lies nearest.
    limits
        What vehicles must not exceed; None: nobody may drive there.
    reason
        For those who ask why.
    """

    way: int | None = None
    at: Point | None = None
    limits: Limits | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.way is None) == (self.at is None):
            raise ValueError("closure: either way or at, one of them")


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditions:
    """The streets at some time.

    Parameters
    ----------
    closures
        In force.
    speed_factor
        By class of road: how fast traffic is there, 1 being free flow.
    """

    closures: tuple[Closure, ...] = ()
    speed_factor: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, factor in self.speed_factor.items():
            if not 0 < factor < float("inf"):
                raise ValueError(f"speed_factor of {name}: {factor} not understood")


NOTHING_SPECIAL = Conditions()
