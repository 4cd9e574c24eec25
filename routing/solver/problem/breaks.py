"""Rests that the law or the operator grants a driver."""

from dataclasses import dataclass, fields
from itertools import pairwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """A pause with a window: lunch.

    It lies anywhere outside the work at halts, on the way as well, and it counts as
    time of the run. A run that departs when the pause could be over
    (``earliest_s + length_s``), or is home by ``latest_s``, has it at home and shows
    none.

    Parameters
    ----------
    earliest_s, latest_s
        Between when it must begin.
    length_s
        How long it takes.
    """

    earliest_s: int
    latest_s: int
    length_s: int

    def __post_init__(self) -> None:
        if not 0 <= self.earliest_s <= self.latest_s or self.length_s <= 0:
            raise ValueError(
                f"{self} not understood: 0 <= earliest_s <= latest_s, length_s > 0"
            )
        _refuse_fractions(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class DrivingRule:
    """A rest after so much driving: 45 min in 4.5 h (EC 561/2006, article 7).

    A pause of at least ``rest_s`` begins the count anew: a `Break`, or a rest that
    the plan adds anywhere outside the work at halts. Splitting a rest is not planned.
    """

    max_driving_s: int = 16_200
    rest_s: int = 2_700

    def __post_init__(self) -> None:
        if self.max_driving_s <= 0 or self.rest_s <= 0:
            raise ValueError(f"{self} not understood: both must be above 0")
        _refuse_fractions(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rest:
    """The rests of one driver: fixed breaks in ascending order, and a driving rule."""

    breaks: tuple[Break, ...] = ()
    driving: DrivingRule | None = None

    def __post_init__(self) -> None:
        for i, (before, after) in enumerate(pairwise(self.breaks), start=1):
            if after.earliest_s < before.latest_s:
                raise ValueError(
                    f"breaks[{i}] = {after} not understood: may begin before "
                    f"{before} must have begun"
                )


NO_REST = Rest()


def _refuse_fractions(given: Break | DrivingRule) -> None:
    for each in fields(given):
        if getattr(given, each.name) % 1 != 0:
            raise ValueError(f"{given} not understood: {each.name} is no whole number")
