"""Ask the simulation; a worker computes, its progress comes as events."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, status
from pydantic import TypeAdapter, ValidationError

from backend.simulation.result import Aim, Answer
from backend.simulation.what_if import WhatIf, parse_what_if
from backend.store.collection_rules import load_service_days, load_service_level
from backend.store.overview import Organisation
from backend.store.planning import load_vehicles
from backend.store.simulations import (
    Simulation,
    State,
    add_simulation,
    count_queued,
    end_simulation,
    load_simulation,
    load_simulations,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["simulations"])

MOST_WAITING = 10
STALE = "an older version answered this: ask again"
NO_SIMULATION = "there is no simulation {}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulationRequest:
    """What would be if, and who asks."""

    what_if: WhatIf
    by: str = "console"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What somebody asked, and how far its answer is; `fraction` is 0..1."""

    simulation_id: int
    what_if: WhatIf
    asked_by: str
    asked_at: datetime
    state: State
    step: str
    fraction: float
    ended_at: datetime | None
    error: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredQuestion(Question):
    """The same with its answer, once it has one."""

    answer: Answer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TodaysVehicle:
    """A vehicle that a question may leave out or double."""

    vehicle_id: int
    name: str
    streams: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class TodaysTerms:
    """The terms as they are; a question says what shall be otherwise.

    `weekdays` are those on which the trucks are out, 0 is Monday, as in a question.
    """

    vehicles: list[TodaysVehicle]
    aim: Aim
    weekdays: list[int]
    must_go_probability: float


@router.get("/simulations/today")
def show_terms(request: Request, database: Database) -> TodaysTerms:
    """Show the terms as they are today."""
    # It takes seconds to load; only who asks what would be needs it.
    from routing.selection import PrizeRule

    owner = require_organisation(database).organisation_id
    weight = request.app.state.settings.overflow_weight
    level = load_service_level(database, owner)
    service = load_service_days(database, owner)
    return TodaysTerms(
        vehicles=[
            TodaysVehicle(
                vehicle_id=each.vehicle_id,
                name=each.name,
                streams=sorted(each.compartment_l),
            )
            for each in load_vehicles(database, owner)
        ],
        aim=Aim(overflow_weight=weight) if level is None else Aim(service_level=level),
        weekdays=[each - 1 for each in service.weekdays],
        must_go_probability=PrizeRule().mandatory_probability,
    )


@router.post("/simulations", status_code=status.HTTP_202_ACCEPTED)
def ask_simulation(
    request: Request, database: Database, asked: SimulationRequest
) -> AnsweredQuestion:
    """Queue a question; `simulation` events say how far its answer is."""
    organisation = require_organisation(database)
    owner = organisation.organisation_id
    if count_queued(database, owner) >= MOST_WAITING:
        raise HTTPException(
            429, f"{MOST_WAITING} simulations are waiting already: cancel some"
        )
    simulation_id = add_simulation(
        database, owner, asdict(asked.what_if), by=asked.by.strip() or "console"
    )
    # The worker must find it.
    database.commit()
    request.app.state.defer_simulation(simulation_id)
    return _require(database, organisation, simulation_id)


@router.get("/simulations")
def list_simulations(
    database: Database, limit: Annotated[int, Query(ge=1, le=200)] = 20
) -> list[Question]:
    """List the newest questions."""
    owner = require_organisation(database).organisation_id
    found = load_simulations(database, owner, limit=limit)
    return [Question(**_shown(each)) for each in found]


@router.get("/simulations/{simulation_id}")
def show_simulation(database: Database, simulation_id: int) -> AnsweredQuestion:
    """Show a question, how far its answer is, and the answer once it is there."""
    return _require(database, require_organisation(database), simulation_id)


@router.post("/simulations/{simulation_id}/cancel")
def cancel_simulation(database: Database, simulation_id: int) -> AnsweredQuestion:
    """Take a question back; one that has an answer keeps it."""
    organisation = require_organisation(database)
    _require(database, organisation, simulation_id)
    end_simulation(database, simulation_id, state="cancelled")
    return _require(database, organisation, simulation_id)


def _require(
    database: Database, organisation: Organisation, simulation_id: int
) -> AnsweredQuestion:
    found = load_simulation(database, organisation.organisation_id, simulation_id)
    if found is None:
        raise HTTPException(404, NO_SIMULATION.format(simulation_id))
    if found.result is None:
        return AnsweredQuestion(**_shown(found), answer=None)
    try:
        answer = TypeAdapter(Answer).validate_python(found.result)
    except ValidationError:
        stale = {"state": "failed", "error": STALE}
        return AnsweredQuestion(**_shown(found) | stale, answer=None)
    return AnsweredQuestion(**_shown(found), answer=answer)


def _shown(found: Simulation) -> dict[str, Any]:
    shared = {each.name: getattr(found, each.name) for each in fields(Simulation)}
    return shared | {"what_if": parse_what_if(shared.pop("asked"))}
