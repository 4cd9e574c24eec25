"""What drivers do on the way to their stops, as it was planned."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from psycopg import Connection
from psycopg.types.json import Jsonb

from backend.store.runs import StopKind

ManoeuvreKind = Literal["depart", "turn", "roundabout", "u_turn", "ferry", "arrive"]
# fmt: off
Bend = Literal[
    "straight", "slight_right", "right", "sharp_right",
    "slight_left", "left", "sharp_left",
]
# fmt: on


@dataclass(frozen=True, kw_only=True, slots=True)
class Manoeuvre:
    """One of `routing.roads`, as it is kept; whoever reads it needs no router for it.

    `distance_m` goes to the next; on arrival `bend` tells on which side the place is.
    """

    kind: ManoeuvreKind
    bend: Bend
    street: str
    distance_m: int
    lat_deg: float
    lon_deg: float
    exit_number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """The leg to an entry of a driver's list; no manoeuvres where none are known."""

    stop_id: int
    position: int
    kind: StopKind
    manoeuvres: tuple[Manoeuvre, ...]


WAYS = """
SELECT stop.stop_id, listed.position, stop.kind, stop.directions
FROM run
JOIN plan USING (plan_id)
CROSS JOIN LATERAL list_stops(plan.service_day) AS listed
JOIN stop ON stop.stop_id = listed.stop_id
WHERE run.run_id = %(run_id)s AND listed.run_id = run.run_id
ORDER BY listed.position"""
WAY_HOME = "SELECT home_directions FROM run WHERE run_id = %s"


def load_ways(conn: Connection[Any], run_id: int) -> list[Way]:
    """Load the way to every entry of a run's list, in order."""
    return [
        Way(stop_id=stop_id, position=position, kind=kind, manoeuvres=_parse(kept))
        for stop_id, position, kind, kept in conn.execute(WAYS, {"run_id": run_id})
    ]


def load_way_home(conn: Connection[Any], run_id: int) -> tuple[Manoeuvre, ...]:
    """Load the way from the last stop of a run to its depot."""
    row = conn.execute(WAY_HOME, (run_id,)).fetchone()
    return _parse(row[0]) if row else ()


def to_jsonb(manoeuvres: Iterable[Manoeuvre]) -> Jsonb | None:
    """Write manoeuvres as they are kept; nothing known is null."""
    kept = [asdict(each) for each in manoeuvres]
    return Jsonb(kept) if kept else None


def _parse(kept: list[dict[str, Any]] | None) -> tuple[Manoeuvre, ...]:
    return tuple(Manoeuvre(**each) for each in kept or ())
