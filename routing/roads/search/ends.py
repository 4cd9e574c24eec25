"""Where ways begin and end: in the middle of edges, so in several states at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ends:
    """The states that ways from, or to, some places begin or end in.

    Parameters
    ----------
    first
        (n+1,) those of place i are first[i] .. first[i+1]-1.
    state
        (k,) departures: the first state after the edge that the place is on; arrivals:
        the state that stands for that edge.
    cost
        (k,) departures: from the place to the end of that state's edge; arrivals: what
        is left out, below 0, since the way ends before the edge does.
    edge
        (k,) the edge that the place is on.
    """

    first: Ints
    state: Ints
    cost: Floats
    edge: Ints

    def __len__(self) -> int:
        """Count the places."""
        return len(self.first) - 1
