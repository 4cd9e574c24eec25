"""Questions to the simulation: asked, under way, answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

State = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulation:
    """A question to the simulation, and how far its answer is; `fraction` is 0..1."""

    simulation_id: int
    asked: dict[str, Any]
    asked_by: str
    asked_at: datetime
    state: State
    step: str
    fraction: float
    ended_at: datetime | None
    error: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredSimulation(Simulation):
    """The same with its answer, once it has one."""

    result: dict[str, Any] | None


# A worker that dies cannot say so: who is silent for so long is not heard again.
COLUMNS = """
SELECT simulation_id, asked, asked_by, asked_at, ended_at,
       CASE WHEN is_lost THEN 'failed' ELSE state END AS state,
       CASE WHEN is_lost THEN 'failed' ELSE step END AS step, fraction,
       CASE WHEN is_lost THEN 'the worker ended before it had an answer: ask again'
           ELSE error END AS error"""
FROM = """
FROM simulation CROSS JOIN LATERAL (
    SELECT state = 'running' AND told_at < clock_timestamp() - interval '5 minutes'
        AS is_lost) AS silence
WHERE organisation_id = %(organisation_id)s"""
NEWEST = " ORDER BY asked_at DESC, simulation_id DESC LIMIT %(limit)s"
ASK = """
INSERT INTO simulation (organisation_id, asked, asked_by) VALUES (%s, %s, %s)
RETURNING simulation_id"""
COUNT_OPEN = """
SELECT count(*) FROM simulation WHERE organisation_id = %s AND state = 'queued'"""
GO_ON = """
UPDATE simulation SET state = 'running', step = %(step)s, fraction = %(fraction)s,
                      told_at = clock_timestamp()
WHERE simulation_id = %(simulation_id)s AND state IN ('queued', 'running')"""
END = """
UPDATE simulation SET state = %(state)s, step = %(state)s, fraction = 1,
                      result = %(result)s, error = %(error)s,
                      ended_at = clock_timestamp()
WHERE simulation_id = %(simulation_id)s AND state IN ('queued', 'running')"""
TELL = """
SELECT pg_notify('ullage', json_build_object(
    'kind', 'simulation', 'simulation_id', simulation_id, 'state', state, 'step', step,
    'fraction', fraction)::text)
FROM simulation WHERE simulation_id = %s"""
WHOSE = "SELECT organisation_id, asked FROM simulation WHERE simulation_id = %s"


def add_simulation(
    conn: Connection[Any], organisation_id: int, asked: dict[str, Any], *, by: str
) -> int:
    """Write down what is asked; return its id."""
    row = conn.execute(ASK, (organisation_id, Jsonb(asked), by)).fetchone()
    if row is None:
        raise LookupError("INSERT gave no simulation_id")
    simulation_id: int = row[0]
    return simulation_id


def count_queued(conn: Connection[Any], organisation_id: int) -> int:
    """Count what nobody has begun to compute."""
    row = conn.execute(COUNT_OPEN, (organisation_id,)).fetchone()
    return int(row[0]) if row else 0


def load_simulations(
    conn: Connection[Any], organisation_id: int, *, limit: int
) -> list[Simulation]:
    """Load the newest questions, without their answers."""
    asked = {"organisation_id": organisation_id, "limit": limit}
    with conn.cursor(row_factory=class_row(Simulation)) as cursor:
        return cursor.execute(COLUMNS + FROM + NEWEST, asked).fetchall()


def load_simulation(
    conn: Connection[Any], organisation_id: int, simulation_id: int
) -> AnsweredSimulation | None:
    """Load a question with its answer."""
    asked = {"organisation_id": organisation_id, "simulation_id": simulation_id}
    query = COLUMNS + ", result" + FROM + " AND simulation_id = %(simulation_id)s"
    with conn.cursor(row_factory=class_row(AnsweredSimulation)) as cursor:
        return cursor.execute(query.encode(), asked).fetchone()


def load_question(
    conn: Connection[Any], simulation_id: int
) -> tuple[int, dict[str, Any]]:
    """Load whose question it is, and what is asked."""
    row = conn.execute(WHOSE, (simulation_id,)).fetchone()
    if row is None:
        raise LookupError(f"there is no simulation {simulation_id}")
    organisation_id, asked = row
    return int(organisation_id), asked


def go_on(
    conn: Connection[Any], simulation_id: int, *, step: str, fraction: float
) -> bool:
    """Say how far it is; False once nobody waits for it any more."""
    said = {"simulation_id": simulation_id, "step": step, "fraction": fraction}
    is_wanted = conn.execute(GO_ON, said).rowcount == 1
    conn.execute(TELL, (simulation_id,))
    return is_wanted


def end_simulation(
    conn: Connection[Any],
    simulation_id: int,
    *,
    state: State,
    result: dict[str, Any] | None = None,
    error: str | None = None,
) -> bool:
    """Write how it ended, and tell; False if it had ended before."""
    ended = {
        "simulation_id": simulation_id,
        "state": state,
        "result": None if result is None else Jsonb(result),
        "error": error,
    }
    is_ended = conn.execute(END, ended).rowcount == 1
    conn.execute(TELL, (simulation_id,))
    return is_ended
