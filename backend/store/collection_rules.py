"""What an operator has promised or must keep, and on which days vehicles drive."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row

RuleKind = Literal["hygiene", "contract", "overflow"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectionRule:
    """A rule for all bins of a stream, or for the bin with a code: one of the two.

    One of `every_days`, `weekdays` (1 is Monday) and `factor` is set.
    """

    kind: RuleKind
    stream: str | None = None
    code: str | None = None
    every_days: int | None = None
    weekdays: list[int] | None = None
    factor: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOff:
    """A day without service."""

    day: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceDays:
    """On which days vehicles drive: weekdays (1 is Monday), less the days off."""

    weekdays: list[int]
    days_off: list[DayOff]


RULES = """
SELECT kind, collection_rule.stream, slot.code, every_days, weekdays, factor
FROM collection_rule LEFT JOIN slot USING (slot_id)
WHERE organisation_id = %s
ORDER BY kind, collection_rule.stream NULLS LAST, slot.code"""
SET_RULE = """
INSERT INTO collection_rule (organisation_id, kind, stream, slot_id, every_days,
                             weekdays, factor)
SELECT %(owner)s, %(kind)s, %(stream)s, slot_id, %(every_days)s, %(weekdays)s,
       %(factor)s
FROM (SELECT (SELECT slot_id FROM slot JOIN site USING (site_id)
              WHERE code = %(code)s AND site.organisation_id = %(owner)s)
          AS slot_id) AS named
WHERE (%(code)s::text IS NULL) = (slot_id IS NULL)
ON CONFLICT (organisation_id, kind, stream, slot_id) DO UPDATE
SET every_days = excluded.every_days, weekdays = excluded.weekdays,
    factor = excluded.factor, set_at = clock_now()"""
REMOVE_RULE = """
DELETE FROM collection_rule
WHERE organisation_id = %(owner)s AND kind = %(kind)s
    AND stream IS NOT DISTINCT FROM %(stream)s
    AND slot_id IS NOT DISTINCT FROM (SELECT slot_id FROM slot WHERE code = %(code)s)"""
WEEKDAYS = "SELECT service_weekdays FROM organisation WHERE organisation_id = %s"
SET_WEEKDAYS = """
UPDATE organisation SET service_weekdays = %s WHERE organisation_id = %s"""
DAYS_OFF = """
SELECT day, reason FROM day_off WHERE organisation_id = %s ORDER BY day"""
ADD_DAY_OFF = """
INSERT INTO day_off (organisation_id, day, reason) VALUES (%s, %s, %s)
ON CONFLICT (organisation_id, day) DO UPDATE SET reason = excluded.reason"""
REMOVE_DAY_OFF = "DELETE FROM day_off WHERE organisation_id = %s AND day = %s"
SERVICE_LEVEL = "SELECT service_level FROM organisation WHERE organisation_id = %s"
SET_SERVICE_LEVEL = """
UPDATE organisation SET service_level = %s WHERE organisation_id = %s"""


def load_collection_rules(
    conn: Connection[Any], organisation_id: int
) -> list[CollectionRule]:
    """Load every rule: those of streams, then those of single bins."""
    with conn.cursor(row_factory=class_row(CollectionRule)) as cursor:
        return cursor.execute(RULES, (organisation_id,)).fetchall()


def set_collection_rule(
    conn: Connection[Any], organisation_id: int, rule: CollectionRule
) -> bool:
    """Write a rule in the place of the one before; False: there is no such bin."""
    facts = asdict(rule) | {"owner": organisation_id}
    return conn.execute(SET_RULE, facts).rowcount > 0


def remove_collection_rule(
    conn: Connection[Any], organisation_id: int, rule: CollectionRule
) -> bool:
    """Take a rule back; say whether there was one."""
    facts = asdict(rule) | {"owner": organisation_id}
    return conn.execute(REMOVE_RULE, facts).rowcount > 0


def load_service_days(conn: Connection[Any], organisation_id: int) -> ServiceDays:
    """Load on which days vehicles drive."""
    row = conn.execute(WEEKDAYS, (organisation_id,)).fetchone()
    if row is None:
        raise LookupError(f"there is no organisation {organisation_id}")
    with conn.cursor(row_factory=class_row(DayOff)) as cursor:
        days_off = cursor.execute(DAYS_OFF, (organisation_id,)).fetchall()
    return ServiceDays(weekdays=row[0], days_off=days_off)


def set_weekdays(
    conn: Connection[Any], organisation_id: int, weekdays: Sequence[int]
) -> None:
    """Say on which weekdays vehicles drive."""
    conn.execute(SET_WEEKDAYS, (list(weekdays), organisation_id))


def add_day_off(conn: Connection[Any], organisation_id: int, off: DayOff) -> None:
    """Take a day out of the service days."""
    conn.execute(ADD_DAY_OFF, (organisation_id, off.day, off.reason))


def remove_day_off(conn: Connection[Any], organisation_id: int, day: date) -> bool:
    """Put a day back; say whether it was off."""
    return conn.execute(REMOVE_DAY_OFF, (organisation_id, day)).rowcount > 0


def load_service_level(conn: Connection[Any], organisation_id: int) -> float | None:
    """Load the share of bins that shall have room; None: none was set."""
    row = conn.execute(SERVICE_LEVEL, (organisation_id,)).fetchone()
    level: float | None = row[0] if row else None
    return level


def set_service_level(
    conn: Connection[Any], organisation_id: int, level: float | None
) -> None:
    """Set the share of bins that shall have room; None: go by the weight again."""
    conn.execute(SET_SERVICE_LEVEL, (level, organisation_id))
