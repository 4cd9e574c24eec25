"""Levels of real street bins, read once a day in steps of a fifth."""

import csv
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

DAILY = "wyndham_daily.csv"
_S_PER_DAY = 24 * 3600


def read_levels(file: Path) -> dict[str, dict[int, float]]:
    """Bin → day since 1970 → fill in per cent; an alert of an empty one is a fault."""
    levels: dict[str, dict[int, float]] = defaultdict(dict)
    with file.open(newline="") as lines:
        for row in csv.DictReader(lines):
            level = 10 * float(row["latestFullness"])
            is_fault = row["reason"] == "ALERT" and level == 0
            at = datetime.fromisoformat(row["timestamp"]).replace(tzinfo=UTC)
            day = int(at.timestamp() // _S_PER_DAY)
            levels[row["serialNumber"]][day] = np.nan if is_fault else level
    return levels
