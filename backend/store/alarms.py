"""Alarms: raised once, cleared, told; listed and acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

Severity = Literal["critical", "major", "minor"]
Event = Literal["raised", "repeated", "cleared"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """That something is on, or is not: at a slot, or else for an organisation."""

    kind: str
    organisation_id: int | None = None
    slot_id: int | None = None
    is_on: bool
    began_at: datetime | None = None
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """An alarm with the bin that it is about; without one it is about the fleet."""

    alarm_id: int
    kind: str
    severity: Severity
    facts: dict[str, Any]
    began_at: datetime
    raised_at: datetime
    cleared_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    told_count: int
    slot_id: int | None
    code: str | None
    site: str | None
    address: str | None
    stream: str | None


# Any constant will do, as long as nobody else uses it: "alar" in ASCII. One look at a
# time: who judged by older records must not write after who judged by newer ones.
LOCK = "SELECT pg_advisory_xact_lock(1634492786)"
# The index allows one open alarm of a kind at a bin.
RAISE = """
INSERT INTO alarm (organisation_id, slot_id, kind, severity, facts, began_at)
SELECT rule.organisation_id, found.slot_id, found.kind, rule.severity, found.facts,
       coalesce(found.began_at, clock_now())
FROM unnest(%(organisations)s::integer[], %(slots)s::integer[], %(kinds)s::text[],
            %(began)s::timestamptz[], %(facts)s::jsonb[])
    AS found (organisation_id, slot_id, kind, began_at, facts)
LEFT JOIN slot USING (slot_id)
LEFT JOIN site USING (site_id)
JOIN alarm_rule_in_force AS rule ON rule.kind = found.kind AND rule.is_on
    AND rule.organisation_id = coalesce(site.organisation_id, found.organisation_id)
    AND rule.stream IS NOT DISTINCT FROM slot.stream
ON CONFLICT DO NOTHING
RETURNING alarm_id"""
CLEAR = """
UPDATE alarm SET cleared_at = greatest(clock_now(), raised_at)
FROM unnest(%(organisations)s::integer[], %(slots)s::integer[], %(kinds)s::text[])
    AS found (organisation_id, slot_id, kind)
WHERE alarm.cleared_at IS NULL AND alarm.kind = found.kind
    AND (alarm.slot_id = found.slot_id OR alarm.slot_id IS NULL
         AND found.slot_id IS NULL AND alarm.organisation_id = found.organisation_id)
RETURNING alarm_id"""
CLEAR_UNWANTED = """
UPDATE alarm SET cleared_at = greatest(clock_now(), raised_at)
WHERE cleared_at IS NULL AND EXISTS (
    SELECT FROM alarm_rule_in_force AS rule
    WHERE rule.organisation_id = alarm.organisation_id AND rule.kind = alarm.kind
        AND NOT rule.is_on AND rule.stream IS NOT DISTINCT FROM (
            SELECT stream FROM slot WHERE slot.slot_id = alarm.slot_id))
RETURNING alarm_id"""
REPEAT = """
UPDATE alarm SET told_at = clock_now(), told_count = alarm.told_count + 1
FROM alarm AS open
LEFT JOIN slot USING (slot_id)
JOIN alarm_rule_in_force AS rule ON rule.kind = open.kind
    AND rule.organisation_id = open.organisation_id
    AND rule.stream IS NOT DISTINCT FROM slot.stream
WHERE alarm.alarm_id = open.alarm_id AND open.cleared_at IS NULL
    AND open.acknowledged_at IS NULL AND rule.repeat_every_s > 0
    AND open.told_at + rule.repeat_every_s * interval '1 s' <= clock_now()
RETURNING alarm.alarm_id"""
# At most 500 bins a notification, which holds 8000 bytes (PostgreSQL, NOTIFY).
TELL_PAGES = """
SELECT pg_notify('ullage', json_build_object('kind', 'alarms', 'slots', slots)::text)
FROM (SELECT coalesce(json_agg(slot_id) FILTER (WHERE slot_id IS NOT NULL), '[]')
          AS slots
      FROM (SELECT slot_id, row_number() OVER () / 500 AS part
            FROM alarm WHERE alarm_id = ANY (%s)) AS each
      GROUP BY part) AS parts"""
ALARMS = """
SELECT alarm_id, kind, severity, facts, began_at, raised_at, cleared_at,
       acknowledged_at, acknowledged_by, told_count, slot_id, code, site.name AS site,
       address, stream
FROM alarm LEFT JOIN slot USING (slot_id) LEFT JOIN site USING (site_id)
WHERE """
ORDER = " ORDER BY severity DESC, began_at DESC, code, alarm_id"
OPEN = ALARMS + "alarm.organisation_id = %(owner)s AND cleared_at IS NULL" + ORDER
HISTORY = (
    ALARMS
    + """alarm.organisation_id = %(owner)s AND raised_at <= %(to_at)s
    AND coalesce(cleared_at, 'infinity') >= %(from_at)s
ORDER BY raised_at DESC, alarm_id DESC LIMIT %(limit)s"""
)
SOME = ALARMS + "alarm_id = ANY (%s)" + ORDER
# Whoever was first has acknowledged it.
ACKNOWLEDGE = """
UPDATE alarm SET acknowledged_at = coalesce(acknowledged_at, clock_now()),
                 acknowledged_by = coalesce(acknowledged_by, %(by)s)
WHERE organisation_id = %(owner)s AND alarm_id = %(alarm_id)s AND cleared_at IS NULL
RETURNING alarm_id"""
COUNT_OPEN = "SELECT count(*) FROM alarm WHERE cleared_at IS NULL"


def hold_judgement(conn: Connection[Any]) -> None:
    """Keep every other judge waiting until the transaction ends."""
    conn.execute(LOCK)


def raise_alarms(conn: Connection[Any], verdicts: Sequence[Verdict]) -> list[int]:
    """Raise what is on and not raised yet; return the new alarms."""
    on = [each for each in verdicts if each.is_on]
    if not on:
        return []
    values = _columns(on) | {
        "began": [each.began_at for each in on],
        "facts": [Jsonb(each.facts) for each in on],
    }
    return [alarm_id for (alarm_id,) in conn.execute(RAISE, values)]


def clear_alarms(conn: Connection[Any], verdicts: Sequence[Verdict]) -> list[int]:
    """Clear what is off and still open; return those alarms."""
    off = [each for each in verdicts if not each.is_on]
    if not off:
        return []
    return [alarm_id for (alarm_id,) in conn.execute(CLEAR, _columns(off))]


def _columns(verdicts: Sequence[Verdict]) -> dict[str, list[Any]]:
    return {
        "organisations": [each.organisation_id for each in verdicts],
        "slots": [each.slot_id for each in verdicts],
        "kinds": [each.kind for each in verdicts],
    }


def clear_unwanted(conn: Connection[Any]) -> list[int]:
    """Clear what the rules do not ask for any more; return those alarms."""
    return [alarm_id for (alarm_id,) in conn.execute(CLEAR_UNWANTED)]


def repeat_alarms(conn: Connection[Any]) -> list[int]:
    """Note that the open alarms that are due are told once more; return them."""
    return [alarm_id for (alarm_id,) in conn.execute(REPEAT)]


def tell_pages(conn: Connection[Any], alarm_ids: Sequence[int]) -> None:
    """Let open pages hear of alarms that changed."""
    conn.execute(TELL_PAGES, (list(alarm_ids),))


def load_open_alarms(conn: Connection[Any], organisation_id: int) -> list[Alarm]:
    """Load what is open, the gravest first."""
    with conn.cursor(row_factory=class_row(Alarm)) as cursor:
        return cursor.execute(OPEN, {"owner": organisation_id}).fetchall()


def load_alarm_history(
    conn: Connection[Any],
    organisation_id: int,
    *,
    from_at: datetime,
    to_at: datetime,
    limit: int,
) -> list[Alarm]:
    """Load what was open at some time between, newest first."""
    asked = {"owner": organisation_id, "from_at": from_at, "to_at": to_at}
    with conn.cursor(row_factory=class_row(Alarm)) as cursor:
        return cursor.execute(HISTORY, asked | {"limit": limit}).fetchall()


def load_alarms(conn: Connection[Any], alarm_ids: Sequence[int]) -> list[Alarm]:
    """Load the named alarms, the gravest first."""
    with conn.cursor(row_factory=class_row(Alarm)) as cursor:
        return cursor.execute(SOME, (list(alarm_ids),)).fetchall()


def acknowledge_alarm(
    conn: Connection[Any], organisation_id: int, alarm_id: int, *, by: str
) -> bool:
    """Note that somebody sees to it; False if it is not open."""
    asked = {"owner": organisation_id, "alarm_id": alarm_id, "by": by}
    found = conn.execute(ACKNOWLEDGE, asked).fetchone() is not None
    if found:
        tell_pages(conn, [alarm_id])
    return found


def count_open_alarms(conn: Connection[Any]) -> int:
    """Count what is open."""
    row = conn.execute(COUNT_OPEN).fetchone()
    return int(row[0]) if row else 0
