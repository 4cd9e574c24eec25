"""Tell who listens to the database whose readings came."""

import json
from collections.abc import Sequence

import psycopg

MAX_NOTIFIED_DEVICES = 500  # a notification holds 8000 bytes (PostgreSQL, NOTIFY)
NOTIFY = "SELECT pg_notify('ullage', %s)"


def announce(conn: psycopg.Connection, device_ids: Sequence[int]) -> None:
    """Say that these devices have new readings."""
    for start in range(0, len(device_ids), MAX_NOTIFIED_DEVICES):
        devices = device_ids[start : start + MAX_NOTIFIED_DEVICES]
        news = {"kind": "readings", "devices": devices}
        conn.execute(NOTIFY, (json.dumps(news, separators=(",", ":")),))
