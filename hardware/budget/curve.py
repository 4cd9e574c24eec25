"""Values between the points of a table."""

from bisect import bisect_right
from collections.abc import Sequence

# (x, y) pairs, x ascending.
Curve = Sequence[tuple[float, float]]


def at(curve: Curve, x: float) -> float:
    """Interpolate linearly; beyond its ends a curve stays as it is there."""
    above = bisect_right(curve, x, key=lambda point: point[0])
    if above in {0, len(curve)}:
        return curve[min(above, len(curve) - 1)][1]
    (x0, y0), (x1, y1) = curve[above - 1], curve[above]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
