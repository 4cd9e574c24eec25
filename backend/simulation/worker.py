"""The worker's second line: computes answers, each in a process of its own.

A simulation keeps a processor busy for a minute; in the process that plans, every plan
would wait for it.
"""

import multiprocessing
import os

import procrastinate
import psycopg

from backend.settings import Settings
from backend.simulation.jobs import QUEUE, TASK
from backend.store.simulations import end_simulation

# Planning comes first, and the people at the screens.
NICENESS = 10


async def work_on_simulations(settings: Settings) -> None:
    """Take questions from the queue, one at a time, until cancelled."""
    connector = procrastinate.PsycopgConnector(conninfo=settings.database)
    app = procrastinate.App(connector=connector)

    @app.task(name=TASK, queue=QUEUE)
    def simulate(simulation_id: int) -> None:
        _compute_apart(settings, simulation_id)

    async with app.open_async():
        await app.run_worker_async(
            queues=[QUEUE], concurrency=1, install_signal_handlers=False
        )


def _compute_apart(settings: Settings, simulation_id: int) -> None:
    context = multiprocessing.get_context("spawn")
    child = context.Process(
        target=_compute_nicely,
        args=(settings, simulation_id, os.getpid()),
        daemon=True,
    )
    child.start()
    child.join()
    if child.exitcode:
        error = f"the computation ended with status {child.exitcode}"
        with psycopg.connect(settings.database, autocommit=True) as conn:
            end_simulation(conn, simulation_id, state="failed", error=error)


def _compute_nicely(settings: Settings, simulation_id: int, worker_id: int) -> None:
    # The solver's libraries take seconds to load: not before they are needed.
    from backend.simulation.answering import answer

    os.nice(NICENESS)
    answer(settings, simulation_id, is_wanted=lambda: os.getppid() == worker_id)
