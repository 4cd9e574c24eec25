"""A few bins that are all alike, for tests that are about something else."""

from typing import Any

import numpy as np

from backend.simulation.bins import STEPS_A_WEEK, KnownBins


def alike(count: int, **other: Any) -> KnownBins:
    """Make bins that gain a fifth a day; `other` replaces columns."""
    columns: dict[str, Any] = {
        "slot_id": np.arange(count),
        "code": np.array([f"T-{number}" for number in range(count)], object),
        "stream": np.full(count, "residual", object),
        "lat_deg": np.full(count, 60.167),
        "lon_deg": 24.94 + 0.001 * np.arange(count),
        "volume_l": np.full(count, 660.0),
        "kg_per_l": np.full(count, 0.1),
        "service_s": np.full(count, 120),
        "overflow_cents": np.full(count, 6000.0),
        "fill": np.full(count, 0.3),
        "per_day": np.full(count, 0.2),
        "week": np.full((count, STEPS_A_WEEK), 1 / STEPS_A_WEEK),
        "variation": np.full(count, 0.5),
        "doubt": np.full(count, 0.2),
        "most_days": np.full(count, np.inf),
        "has_sensor": np.zeros(count, np.bool_),
    }
    return KnownBins(**columns | other)
