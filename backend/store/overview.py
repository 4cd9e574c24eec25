"""The organisation at a glance: its clock, its places and today's counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A depot or a facility on the map."""

    name: str
    lat_deg: float
    lon_deg: float
    is_made_up: bool
    streams: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSummary:
    """The plan in force for a service day."""

    plan_id: int
    service_day: date
    made_at: datetime
    solver: str
    solve_s: float
    cost_cents: int
    roads: str
    planned_count: int
    left_count: int
    unserved_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """Whose bins these are, and what time it is for them."""

    organisation_id: int
    name: str
    time_zone: str
    city: str | None
    now: datetime
    clock_speed: float


ORGANISATION = """
SELECT organisation_id, name, time_zone, city, clock_now() AS now,
       coalesce((SELECT speed FROM clock), 1) AS clock_speed
FROM organisation ORDER BY organisation_id LIMIT 1"""
DEPOTS = """
SELECT name, lat_deg, lon_deg, is_made_up, '{}'::text[] AS streams
FROM depot ORDER BY depot_id"""
FACILITIES = """
SELECT name, lat_deg, lon_deg, is_made_up, streams FROM facility ORDER BY facility_id"""
PLAN = """
SELECT plan.plan_id, service_day, made_at, solver, solve_s, cost_cents, roads,
       count(*) FILTER (WHERE outcome = 'planned') AS planned_count,
       count(*) FILTER (WHERE outcome = 'left') AS left_count,
       count(*) FILTER (WHERE outcome IN ('unserved', 'unreachable')) AS unserved_count
FROM plan LEFT JOIN decision USING (plan_id)
WHERE replaced_at IS NULL AND service_day = shown_service_day()
GROUP BY plan.plan_id LIMIT 1"""
NOW = "SELECT clock_now()"
REJECTED = "SELECT count(*) FROM rejected_message"


def load_organisation(conn: Connection[Any]) -> Organisation | None:
    """Load the organisation, or None before anything was set up."""
    with conn.cursor(row_factory=class_row(Organisation)) as cursor:
        return cursor.execute(ORGANISATION).fetchone()


def load_depots(conn: Connection[Any]) -> list[Place]:
    """Load where vehicles start and end."""
    with conn.cursor(row_factory=class_row(Place)) as cursor:
        return cursor.execute(DEPOTS).fetchall()


def load_facilities(conn: Connection[Any]) -> list[Place]:
    """Load where loads are tipped."""
    with conn.cursor(row_factory=class_row(Place)) as cursor:
        return cursor.execute(FACILITIES).fetchall()


def load_plan_summary(conn: Connection[Any]) -> PlanSummary | None:
    """Load the plan of the day that is shown."""
    with conn.cursor(row_factory=class_row(PlanSummary)) as cursor:
        return cursor.execute(PLAN).fetchone()


def count_rejected(conn: Connection[Any]) -> int:
    """Count the messages that could not be understood."""
    row = conn.execute(REJECTED).fetchone()
    return int(row[0]) if row else 0


def load_now(conn: Connection[Any]) -> datetime:
    """Ask the one clock."""
    row = conn.execute(NOW).fetchone()
    if row is None:
        raise LookupError("clock_now() gave nothing: run `ullage migrate`")
    now: datetime = row[0]
    return now
