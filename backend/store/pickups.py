"""What a driver did at a stop: stored once, told to everybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class Pickup:
    """One tap of a driver.

    `event_id` is drawn on the phone, so that a tap sent twice counts once.
    """

    event_id: UUID
    outcome: Literal["done", "skipped"]
    reason: str | None = None
    fill_fraction: float | None = None
    happened_at: datetime | None = None


STORE = """
INSERT INTO pickup (event_id, stop_id, outcome, reason, fill_fraction, happened_at)
VALUES (%(event_id)s, %(stop_id)s, %(outcome)s, %(reason)s, %(fill_fraction)s,
        coalesce(%(happened_at)s, clock_now()))
ON CONFLICT (event_id) DO NOTHING
RETURNING happened_at"""
OBSERVE = """
INSERT INTO observation (slot_id, observed_at, fill_fraction, source)
SELECT slot_id, %(happened_at)s, %(fill_fraction)s, 'driver'
FROM stop WHERE stop_id = %(stop_id)s AND slot_id IS NOT NULL"""
EMPTY = """
INSERT INTO emptying (slot_id, emptied_at, source, stop_id)
SELECT slot_id, %(happened_at)s, 'driver', stop_id
FROM stop WHERE stop_id = %(stop_id)s AND slot_id IS NOT NULL
ON CONFLICT DO NOTHING"""
TELL = """
SELECT pg_notify(
    'ullage', json_build_object('kind', 'stop', 'stop', %s::integer)::text)"""
# A tap on the list of a plan that was replaced may change several lists: the pages load
# them all again.
TELL_LISTS = """
SELECT pg_notify('ullage', json_build_object('kind', 'plan', 'plan_id', newest.plan_id)
    ::text)
FROM stop
JOIN run USING (run_id)
JOIN plan USING (plan_id)
JOIN plan AS newest ON newest.organisation_id = plan.organisation_id
    AND newest.service_day = plan.service_day AND newest.replaced_at IS NULL
WHERE stop.stop_id = %s AND plan.replaced_at IS NOT NULL"""


def store_pickup(conn: Connection[Any], stop_id: int, pickup: Pickup) -> bool:
    """Store a tap with what follows from it; return False if it was known already."""
    facts = {
        "event_id": pickup.event_id,
        "stop_id": stop_id,
        "outcome": pickup.outcome,
        "reason": pickup.reason,
        "fill_fraction": pickup.fill_fraction,
        "happened_at": pickup.happened_at,
    }
    row = conn.execute(STORE, facts).fetchone()
    if row is None:
        return False
    facts["happened_at"] = row[0]
    if pickup.fill_fraction is not None:
        conn.execute(OBSERVE, facts)
    if pickup.outcome == "done":
        conn.execute(EMPTY, facts)
    conn.execute(TELL, (stop_id,))
    conn.execute(TELL_LISTS, (stop_id,))
    return True
