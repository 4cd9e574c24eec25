"""Ask the simulation; a worker computes, its progress comes as events."""

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, status

from backend.simulation.what_if import WhatIf
from backend.store.overview import Organisation
from backend.store.planning import load_vehicles
from backend.store.simulations import (
    AnsweredSimulation,
    Simulation,
    add_simulation,
    count_queued,
    end_simulation,
    load_simulation,
    load_simulations,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["simulations"])

MOST_WAITING = 10
NO_SIMULATION = "there is no simulation {}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulationRequest:
    """What would be if, and who asks."""

    what_if: WhatIf
    by: str = "console"


@dataclass(frozen=True, kw_only=True, slots=True)
class TodaysVehicle:
    """A vehicle that a question may leave out or double."""

    vehicle_id: int
    name: str
    streams: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class TodaysTerms:
    """The terms as they are; a question says what shall be otherwise."""

    vehicles: list[TodaysVehicle]
    service_level: float


@router.get("/simulations/today")
def show_terms(request: Request, database: Database) -> TodaysTerms:
    """Show the terms as they are today."""
    owner = require_organisation(database).organisation_id
    return TodaysTerms(
        vehicles=[
            TodaysVehicle(
                vehicle_id=each.vehicle_id,
                name=each.name,
                streams=sorted(each.compartment_l),
            )
            for each in load_vehicles(database, owner)
        ],
        service_level=request.app.state.settings.service_level,
    )


@router.post("/simulations", status_code=status.HTTP_202_ACCEPTED)
def ask_simulation(
    request: Request, database: Database, asked: SimulationRequest
) -> AnsweredSimulation:
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
) -> list[Simulation]:
    """List the newest questions."""
    owner = require_organisation(database).organisation_id
    return load_simulations(database, owner, limit=limit)


@router.get("/simulations/{simulation_id}")
def show_simulation(database: Database, simulation_id: int) -> AnsweredSimulation:
    """Show a question, how far its answer is, and the answer once it is there."""
    return _require(database, require_organisation(database), simulation_id)


@router.post("/simulations/{simulation_id}/cancel")
def cancel_simulation(database: Database, simulation_id: int) -> AnsweredSimulation:
    """Take a question back; one that has an answer keeps it."""
    organisation = require_organisation(database)
    _require(database, organisation, simulation_id)
    end_simulation(database, simulation_id, state="cancelled")
    return _require(database, organisation, simulation_id)


def _require(
    database: Database, organisation: Organisation, simulation_id: int
) -> AnsweredSimulation:
    found = load_simulation(database, organisation.organisation_id, simulation_id)
    if found is None:
        raise HTTPException(404, NO_SIMULATION.format(simulation_id))
    return found
