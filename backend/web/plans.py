"""Ask for a plan; the work is done by a worker, its progress comes as events."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request, status

router = APIRouter(prefix="/api/v1", tags=["plans"])


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRequest:
    """The service day to plan; without one, the next that can be driven."""

    service_day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanJob:
    """A queued job; null when the same job was waiting already."""

    job_id: int | None


@router.post("/plans", status_code=status.HTTP_202_ACCEPTED)
def request_plan(request: Request, asked: PlanRequest) -> PlanJob:
    """Queue the planning of a service day."""
    return PlanJob(job_id=request.app.state.defer_plan(asked.service_day))
