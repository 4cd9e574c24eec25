"""Write a plan with everything that explains it, and tell the open pages."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from backend.store.directions import Manoeuvre, to_jsonb
from backend.store.history import Decision, Forecast
from backend.store.runs import StopKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NewStop:
    """A stop to be written; slot_id or facility_id is set, for a break neither.

    `origin_stop_id` is the first stop that the day had for the same work, if any;
    `directions` lead to it from the one before.
    """

    kind: StopKind
    arrive_at: datetime
    depart_at: datetime
    leg_drive_s: int
    load_l: int
    load_kg: int
    leg_distance_m: int = 0
    volume_l: int = 0
    mass_kg: int = 0
    expected_fill_fraction: float | None = None
    slot_id: int | None = None
    facility_id: int | None = None
    origin_stop_id: int | None = None
    directions: tuple[Manoeuvre, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRun:
    """A run to be written; geometry is (longitude, latitude) from depot to depot.

    `home_directions` lead from the last stop to the depot.
    """

    vehicle_id: int
    starts_at: datetime
    ends_at: datetime
    distance_m: int
    drive_s: int
    geometry: list[tuple[float, float]]
    stops: list[NewStop]
    home_directions: tuple[Manoeuvre, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlan:
    """The facts of a plan to be written."""

    organisation_id: int
    service_day: date
    made_at: datetime
    solver: str
    solve_s: float
    cost_cents: int
    roads: str


REPLACE = """
UPDATE plan SET replaced_at = %(made_at)s
WHERE organisation_id = %(organisation_id)s AND service_day = %(service_day)s
    AND replaced_at IS NULL"""
INSERT_PLAN = """
INSERT INTO plan (organisation_id, service_day, made_at, solver, solve_s, cost_cents,
                  roads)
VALUES (%(organisation_id)s, %(service_day)s, %(made_at)s, %(solver)s, %(solve_s)s,
        %(cost_cents)s, %(roads)s)
RETURNING plan_id"""
INSERT_RUN = """
INSERT INTO run (plan_id, vehicle_id, starts_at, ends_at, distance_m, drive_s, geometry,
                 home_directions)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING run_id"""
INSERT_STOP = """
INSERT INTO stop (run_id, position, kind, origin_stop_id, slot_id, facility_id,
                  arrive_at, depart_at, leg_distance_m, leg_drive_s,
                  expected_fill_fraction, volume_l, mass_kg, load_l, load_kg,
                  directions)
VALUES (%(run_id)s, %(position)s, %(kind)s, %(origin_stop_id)s, %(slot_id)s,
        %(facility_id)s, %(arrive_at)s, %(depart_at)s, %(leg_distance_m)s,
        %(leg_drive_s)s, %(expected_fill_fraction)s, %(volume_l)s, %(mass_kg)s,
        %(load_l)s, %(load_kg)s, %(directions)s)"""
INSERT_DECISION = """
INSERT INTO decision (plan_id, slot_id, outcome, why, is_mandatory, prize_cents,
                      detour_cents, overflow_probability, counted, would_fit_limit,
                      would_fit_amount, would_fit_vehicle_id, would_fit_cents)
VALUES (%(plan_id)s, %(slot_id)s, %(outcome)s, %(why)s, %(is_mandatory)s,
        %(prize_cents)s, %(detour_cents)s, %(overflow_probability)s,
        %(counted)s, %(would_fit_limit)s, %(would_fit_amount)s,
        (SELECT vehicle_id FROM vehicle WHERE name = %(would_fit_vehicle)s),
        %(would_fit_cents)s)"""
KEEP_DECISIONS = """
INSERT INTO decision (plan_id, slot_id, outcome, why, is_mandatory, prize_cents,
                      detour_cents, overflow_probability, counted)
SELECT %(plan_id)s, slot_id, outcome, why, is_mandatory, prize_cents, detour_cents,
       overflow_probability, counted
FROM decision WHERE plan_id = %(from_plan_id)s AND slot_id = ANY (%(slot_ids)s)"""
UPSERT_FORECAST = """
INSERT INTO slot_forecast (slot_id, made_at, basis, trust, fill_fraction, full_at,
                           overflow_probability, horizon_at, fill_low, fill_middle,
                           fill_high)
VALUES (%(slot_id)s, %(made_at)s, %(basis)s, %(trust)s, %(fill_fraction)s, %(full_at)s,
        %(overflow_probability)s, %(horizon_at)s, %(fill_low)s, %(fill_middle)s,
        %(fill_high)s)
ON CONFLICT (slot_id) DO UPDATE SET
    made_at = EXCLUDED.made_at, basis = EXCLUDED.basis, trust = EXCLUDED.trust,
    fill_fraction = EXCLUDED.fill_fraction, full_at = EXCLUDED.full_at,
    overflow_probability = EXCLUDED.overflow_probability,
    horizon_at = EXCLUDED.horizon_at, fill_low = EXCLUDED.fill_low,
    fill_middle = EXCLUDED.fill_middle, fill_high = EXCLUDED.fill_high"""
TELL = "SELECT pg_notify('ullage', %s::jsonb::text)"


def save_plan(conn: Connection[Any], plan: NewPlan, *, runs: Iterable[NewRun]) -> int:
    """Write a plan in the place of the day's plan in force; return its id."""
    conn.execute(REPLACE, asdict(plan))
    row = conn.execute(INSERT_PLAN, asdict(plan)).fetchone()
    if row is None:
        raise LookupError("INSERT gave no plan_id")
    plan_id: int = row[0]
    for run in runs:
        _save_run(conn, plan_id, run)
    return plan_id


def _save_run(conn: Connection[Any], plan_id: int, run: NewRun) -> None:
    facts = (plan_id, run.vehicle_id, run.starts_at, run.ends_at, run.distance_m)
    lines = (Jsonb(run.geometry), to_jsonb(run.home_directions))
    row = conn.execute(INSERT_RUN, (*facts, run.drive_s, *lines)).fetchone()
    if row is None:
        raise LookupError("INSERT gave no run_id")
    rows = [
        {
            **asdict(stop),
            "run_id": row[0],
            "position": position,
            "directions": to_jsonb(stop.directions),
        }
        for position, stop in enumerate(run.stops, start=1)
    ]
    conn.cursor().executemany(INSERT_STOP, rows)


def save_decisions(conn: Connection[Any], decisions: Sequence[Decision]) -> None:
    """Write why each bin is in the plan or is not."""
    conn.cursor().executemany(INSERT_DECISION, [asdict(each) for each in decisions])


def keep_decisions(
    conn: Connection[Any], plan_id: int, *, from_plan_id: int, slot_ids: list[int]
) -> int:
    """Take over what an earlier plan of the day decided; return for how many bins."""
    asked = {"plan_id": plan_id, "from_plan_id": from_plan_id, "slot_ids": slot_ids}
    return conn.execute(KEEP_DECISIONS, asked).rowcount


def save_forecasts(conn: Connection[Any], forecasts: Sequence[Forecast]) -> None:
    """Write what is foreseen for each bin, in the place of what was."""
    conn.cursor().executemany(UPSERT_FORECAST, [asdict(each) for each in forecasts])


def tell_plan(conn: Connection[Any], plan_id: int) -> None:
    """Tell the open pages that a new plan is in force."""
    conn.execute(TELL, (Jsonb({"kind": "plan", "plan_id": plan_id}),))


def tell_planning(
    conn: Connection[Any], service_day: date, *, state: str, step: str, fraction: float
) -> None:
    """Tell the open pages how far a planning job has come."""
    said = {
        "kind": "planning",
        "service_day": service_day.isoformat(),
        "state": state,
        "step": step,
        "fraction": fraction,
    }
    conn.execute(TELL, (Jsonb(said),))
