"""Weeks of a sensor's readings, stored as a gateway stores them."""

from datetime import timedelta

import numpy as np

from tests.services.city import MORNING
from tests.services.readings import LATEST

DAYS = 20
WRITE = """
INSERT INTO reading (device_id, measured_at, epoch, seq, received_at, distance_mm)
SELECT device_id, %(at)s, 1, %(seq)s, %(at)s, %(distance_mm)s
FROM device_slot WHERE slot_id = %(slot_id)s"""
WAIT = """
UPDATE device_journal SET judge_from_at = least(judge_from_at, %s)
WHERE device_id = (SELECT device_id FROM device_slot WHERE slot_id = %s)"""


def weeks(emptied_h: int = 12 * 24 + 10):
    """Distances that fall hour by hour, once emptied; the last at MORNING."""
    hours = np.arange(DAYS * 24)
    since_h = np.where(hours < emptied_h, hours + 24, hours - emptied_h)
    noise_mm = np.random.default_rng(1).normal(0, 6, len(hours))
    return np.rint(1200 - since_h * 2.5 + noise_mm).astype(int)


def at(hour: int):
    return MORNING - timedelta(hours=DAYS * 24 - 1 - hour)


def receive(conn, slot_id: int, distances, hours=None) -> None:
    """Store readings as a gateway does, with the mark that they wait."""
    chosen = list(range(len(distances)) if hours is None else hours)
    rows = [
        {
            "slot_id": slot_id,
            "at": at(hour),
            "seq": hour,
            "distance_mm": None if distances[hour] is None else int(distances[hour]),
        }
        for hour in chosen
    ]
    conn.cursor().executemany(WRITE, rows)
    conn.execute(LATEST, rows[-1])
    conn.execute(WAIT, (rows[0]["at"], slot_id))
