"""The order of contraction, by RoutingKit's nested dissection.

Dibbelt, Strasser and Wagner (2016), with inertial flow cuts (Schild and Sommer, *On
Balanced Separators in Road Networks*, SEA 2015). The only place that knows
`pyroutingkit`; its matrices are not used, since 32 bits do not hold time and length.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from routing.roads.geometry import Floats

try:
    import pyroutingkit
except ImportError:  # no wheel for this machine: Dijkstra's search takes over
    pyroutingkit = None

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]


def contraction_rank(
    tail: Ints, head: Ints, lat_deg: Floats, lon_deg: Floats
) -> Small | None:
    """Rank the (n,) nodes at the given positions; None where no wheel is installed."""
    if pyroutingkit is None:
        return None
    if len(tail) == 0:
        return np.arange(len(lat_deg), dtype=np.int32)
    dissection = pyroutingkit.CCH()
    dissection.build_topology(
        tail.astype(np.uint32),
        head.astype(np.uint32),
        lat_deg.astype(np.float32),
        lon_deg.astype(np.float32),
        node_count=len(lat_deg),
    )
    with TemporaryDirectory() as folder:
        dissection.save_topology(folder)
        # A plain array of 32-bit numbers: RoutingKit's vector_io.h.
        return np.fromfile(Path(folder) / "rank", np.uint32).astype(np.int32)
