"""The queue of simulations: apart from the plans, which must not wait for them."""

import procrastinate

QUEUE = "simulation"
TASK = "simulate"


def defer_simulation(app: procrastinate.App, simulation_id: int) -> None:
    """Queue the computation of an answer."""
    app.configure_task(TASK, queue=QUEUE).defer(simulation_id=simulation_id)
