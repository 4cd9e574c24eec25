"""The fixed rounds that an operator drove before: bin by bin, on which days."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedRound:
    """A bin was emptied on weekdays (1 is Monday), or every so many days from a day."""

    slot_id: int
    code: str
    weekdays: list[int] | None
    every_days: int | None
    from_day: date | None

    def is_due(self, day: date) -> bool:
        """Tell whether the bin was emptied on such a day."""
        if self.weekdays is not None:
            return day.isoweekday() in self.weekdays
        if self.every_days is None or self.from_day is None:
            return False
        return (day - self.from_day).days % self.every_days == 0


ROUNDS = """
SELECT fixed_round.slot_id, slot.code, weekdays, every_days, from_day
FROM fixed_round JOIN slot USING (slot_id) JOIN site USING (site_id)
WHERE site.organisation_id = %s ORDER BY slot.code"""
SET_ROUND = """
INSERT INTO fixed_round (slot_id, weekdays, every_days, from_day)
VALUES (%(slot_id)s, %(weekdays)s, %(every_days)s, %(from_day)s)
ON CONFLICT (slot_id) DO UPDATE SET weekdays = excluded.weekdays,
    every_days = excluded.every_days, from_day = excluded.from_day,
    set_at = clock_now()"""
REMOVE = """
DELETE FROM fixed_round USING slot, site
WHERE slot.slot_id = fixed_round.slot_id AND site.site_id = slot.site_id
    AND site.organisation_id = %s"""


def load_fixed_rounds(conn: Connection[Any], organisation_id: int) -> list[FixedRound]:
    """Load on which days each bin was emptied; none before somebody said so."""
    with conn.cursor(row_factory=class_row(FixedRound)) as cursor:
        return cursor.execute(ROUNDS, (organisation_id,)).fetchall()


def set_fixed_rounds(conn: Connection[Any], rounds: Sequence[FixedRound]) -> None:
    """Write rounds, each in the place of the one that its bin had."""
    conn.cursor().executemany(SET_ROUND, [asdict(each) for each in rounds])


def remove_fixed_rounds(conn: Connection[Any], organisation_id: int) -> int:
    """Forget the fixed rounds; return of how many bins."""
    return conn.execute(REMOVE, (organisation_id,)).rowcount
