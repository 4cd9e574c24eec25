"""Weekly partitions, made before the first reading of a week comes."""

from collections.abc import Iterable
from datetime import timedelta

import psycopg

from gateway.storing.parcel import Parcel
from gateway.wire.message import EPOCH_OF_TIME, MICROSECOND

WEEK_US = timedelta(weeks=1) // MICROSECOND
MONDAY_US = timedelta(days=4) // MICROSECOND  # 1970-01-05
ENSURE = "SELECT ensure_reading_partitions(%s, %s)"


class Weeks:
    """The weeks that are known to have their partition."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def ensure(self, conn: psycopg.Connection, parcels: Iterable[Parcel]) -> None:
        """Make what partitions the parcels need, each in a transaction of its own."""
        wanted = {week for parcel in parcels for week in _weeks_of(parcel)}
        for week in sorted(wanted - self._known):
            start = EPOCH_OF_TIME + (week * WEEK_US + MONDAY_US) * MICROSECOND
            conn.execute(ENSURE, (start, start + timedelta(days=1)))
            self._known.add(week)


def _weeks_of(parcel: Parcel) -> range:
    if parcel.earliest_us is None or parcel.newest is None:
        return range(0)
    first = (parcel.earliest_us - MONDAY_US) // WEEK_US
    return range(first, (parcel.newest.measured_us - MONDAY_US) // WEEK_US + 1)
