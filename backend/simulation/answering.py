"""Answer one question of the table: compute, tell how far it is, write the answer."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import psycopg
from psycopg import Connection

from backend.planning.inputs import PlanningError
from backend.settings import Settings
from backend.simulation.own import simulate_own
from backend.simulation.what_if import SimulationError, parse_what_if
from backend.store.simulations import end_simulation, go_on, load_question

log = logging.getLogger(__name__)


class NobodyWaitsError(Exception):
    """The question was taken back, or the worker that computes it is gone."""


def answer(
    settings: Settings, simulation_id: int, *, is_wanted: Callable[[], bool]
) -> None:
    """Compute an answer, unless nobody waits for it any more."""
    with psycopg.connect(settings.database, autocommit=True) as conn:
        try:
            result = _compute(conn, settings, simulation_id, is_wanted=is_wanted)
        except NobodyWaitsError:
            log.info("simulation %d: nobody waits for it", simulation_id)
        except (SimulationError, PlanningError) as error:
            end_simulation(conn, simulation_id, state="failed", error=str(error))
        else:
            end_simulation(conn, simulation_id, state="done", result=result)


def _compute(
    conn: Connection[Any],
    settings: Settings,
    simulation_id: int,
    *,
    is_wanted: Callable[[], bool],
) -> dict[str, Any]:
    def tell(step: str, fraction: float) -> None:
        is_asked = go_on(conn, simulation_id, step=step, fraction=fraction)
        if not (is_asked and is_wanted()):
            raise NobodyWaitsError

    _, asked = load_question(conn, simulation_id)
    tell("reading what the bins said", 0.0)
    return asdict(simulate_own(conn, settings, parse_what_if(asked), tell=tell))
