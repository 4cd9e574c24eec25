"""What citizens, drivers and counters say of a bin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, status
from psycopg import Connection
from pydantic import AwareDatetime, ConfigDict, Field

from backend.store.evidence import (
    DepositReport,
    NewObservation,
    Observation,
    ObservationSource,
    load_deposits,
    store_deposits,
    store_observation,
)
from backend.store.history import slot_exists
from backend.store.overview import load_now
from backend.web.database import Database

router = APIRouter(prefix="/api/v1/bins/{slot_id}", tags=["evidence"])

DEFAULT_SPAN = timedelta(days=56)
# A reporter's clock may be ahead by as much.
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservationRequest:
    """A fill that somebody saw. "This one is full" is 1, "it has room" 0.4.

    The same `event_id` twice counts once. Without `fill_deviation` it is as sure as
    its source usually is.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    fill_fraction: Annotated[float, Field(ge=0, le=2)]
    source: ObservationSource = "citizen"
    observed_at: AwareDatetime | None = None
    fill_deviation: Annotated[float | None, Field(gt=0, le=1)] = None
    event_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositRequest:
    """How many deposits a container let in since its report before."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    deposits: Annotated[int, Field(ge=0, le=1_000_000)]
    reported_at: AwareDatetime | None = None


@router.post("/observations", status_code=status.HTTP_201_CREATED)
def report_fill(
    database: Database, slot_id: int, asked: ObservationRequest
) -> Observation:
    """Store what somebody saw of a bin; forecasts made from now on know it."""
    observed_at = _past(database, slot_id, asked.observed_at)
    new = NewObservation(
        fill_fraction=asked.fill_fraction,
        source=asked.source,
        observed_at=observed_at,
        fill_deviation=asked.fill_deviation,
        event_id=asked.event_id,
    )
    return store_observation(database, slot_id, new)


@router.post("/deposits", status_code=status.HTTP_201_CREATED)
def report_deposits(
    database: Database, slot_id: int, asked: DepositRequest
) -> DepositReport:
    """Store what a container counted; the same time again corrects it."""
    reported_at = _past(database, slot_id, asked.reported_at)
    report = DepositReport(
        slot_id=slot_id, reported_at=reported_at, deposits=asked.deposits
    )
    store_deposits(database, [report])
    return report


@router.get("/deposits")
def list_deposits(
    database: Database,
    slot_id: int,
    from_at: Annotated[AwareDatetime | None, Query()] = None,
    to_at: Annotated[AwareDatetime | None, Query()] = None,
) -> list[DepositReport]:
    """List what a container counted; the last eight weeks unless asked."""
    now = _past(database, slot_id, None)
    end_at: datetime = to_at or now
    start_at: datetime = from_at or end_at - DEFAULT_SPAN
    return load_deposits(database, slot_id, from_at=start_at, to_at=end_at)


def _past(conn: Connection[Any], slot_id: int, at: datetime | None) -> datetime:
    if not slot_exists(conn, slot_id):
        raise HTTPException(404, f"there is no bin {slot_id}")
    now = load_now(conn)
    if at is not None and at > now + AHEAD:
        raise HTTPException(422, f"{at.isoformat()} is yet to come")
    return min(at, now) if at else now
