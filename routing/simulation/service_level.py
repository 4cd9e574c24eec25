"""From the service that an operator wants to the dial of the policy."""

from collections.abc import Sequence

import numpy as np

from routing.simulation.frontier import Point


def rho_for_service(points: Sequence[Point], service_share: float) -> float | None:
    """Return the least rho that reaches a share of arrivals that find room.

    Parameters
    ----------
    points
        A computed curve: years at several rho above 0.

    Returns
    -------
    float | None
        Interpolated over the logarithm of rho; None if no setting tried reaches it.
    """
    curve = sorted((each.dial, each.year.service_share) for each in points)
    reached = np.maximum.accumulate([service for _, service in curve])
    if not len(curve) or reached[-1] < service_share:
        return None
    first = int(np.argmax(reached >= service_share))
    if first == 0:
        return curve[0][0]
    low, high = np.log(curve[first - 1][0]), np.log(curve[first][0])
    part = (service_share - reached[first - 1]) / (reached[first] - reached[first - 1])
    return float(np.exp(low + part * (high - low)))
