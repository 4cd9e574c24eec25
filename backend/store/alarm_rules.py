"""What an organisation wants to be alarmed of: the rules in force, and its own."""

from dataclasses import asdict, dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from backend.store.alarms import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A kind of alarm as it holds for bins of a stream; None: for all others."""

    kind: str
    stream: str | None
    is_on: bool
    severity: Severity
    repeat_every_s: int
    limits: dict[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleChange:
    """What is wanted otherwise; None: as it was."""

    kind: str
    stream: str | None = None
    is_on: bool | None = None
    severity: Severity | None = None
    repeat_every_s: int | None = None
    limits: dict[str, float]


# For all bins, and for those streams that have a rule of their own.
RULES = """
SELECT kind, stream, is_on, severity, repeat_every_s, limits
FROM alarm_rule_in_force AS rule
WHERE organisation_id = %(owner)s AND (stream IS NULL OR EXISTS (
    SELECT FROM alarm_rule AS own
    WHERE own.organisation_id = rule.organisation_id AND own.kind = rule.kind
        AND own.stream = rule.stream))
ORDER BY kind, stream NULLS FIRST"""
RULE = """
SELECT kind, stream, is_on, severity, repeat_every_s, limits FROM alarm_rule_in_force
WHERE organisation_id = %(owner)s AND kind = %(kind)s
    AND stream IS NOT DISTINCT FROM %(stream)s"""
CHANGE = """
INSERT INTO alarm_rule AS old (organisation_id, kind, stream, is_on, severity,
                               repeat_every_s, limits)
VALUES (%(owner)s, %(kind)s, %(stream)s, %(is_on)s, %(severity)s, %(repeat_every_s)s,
        %(limits)s)
ON CONFLICT (organisation_id, kind, stream) DO UPDATE
SET is_on = coalesce(excluded.is_on, old.is_on),
    severity = coalesce(excluded.severity, old.severity),
    repeat_every_s = coalesce(excluded.repeat_every_s, old.repeat_every_s),
    limits = old.limits || excluded.limits"""
RESET = """
DELETE FROM alarm_rule WHERE organisation_id = %(owner)s AND kind = %(kind)s
    AND stream IS NOT DISTINCT FROM %(stream)s"""
SET_EMPTY = """
INSERT INTO battery_kind (kind, empty_mv) VALUES (%s, %s)
ON CONFLICT (kind) DO UPDATE SET empty_mv = excluded.empty_mv"""


def load_rules(conn: Connection[Any], organisation_id: int) -> list[Rule]:
    """Load the rules: one a kind for all bins, then those of single streams."""
    with conn.cursor(row_factory=class_row(Rule)) as cursor:
        return cursor.execute(RULES, {"owner": organisation_id}).fetchall()


def load_rule(
    conn: Connection[Any], organisation_id: int, kind: str, stream: str | None
) -> Rule | None:
    """Load the rule of a kind for a stream; None if there is no such thing."""
    asked = {"owner": organisation_id, "kind": kind, "stream": stream}
    with conn.cursor(row_factory=class_row(Rule)) as cursor:
        return cursor.execute(RULE, asked).fetchone()


def change_rule(
    conn: Connection[Any], organisation_id: int, change: RuleChange
) -> None:
    """Write what is wanted otherwise; it counts from the next look on."""
    values = asdict(change) | {"owner": organisation_id}
    conn.execute(CHANGE, values | {"limits": Jsonb(change.limits)})


def reset_rule(
    conn: Connection[Any], organisation_id: int, kind: str, stream: str | None
) -> None:
    """Take back what was wanted otherwise."""
    conn.execute(RESET, {"owner": organisation_id, "kind": kind, "stream": stream})


def set_empty_voltage(conn: Connection[Any], device_kind: str, empty_mv: int) -> None:
    """Say at which voltage a kind of device stops."""
    conn.execute(SET_EMPTY, (device_kind, empty_mv))
