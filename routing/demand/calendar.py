"""Days unlike others: holidays, and events that the operator knows of."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """Local days, counted since 1970-01-01, on which the usual week does not hold.

    Parameters
    ----------
    holidays
        Public holidays, past and to come: what they change is learned.
    event_factors
        How many times the usual comes on a day, as the operator expects.
    """

    holidays: frozenset[int] = frozenset()
    event_factors: Mapping[int, float] = field(default_factory=dict)


NO_CALENDAR = Calendar()
