"""A question goes through the queue to a process of its own and comes back answered."""

import asyncio
import contextlib

import pytest
from fastapi.testclient import TestClient

from backend.planning.jobs import prepare_queue
from backend.simulation.answering import answer
from backend.simulation.worker import work_on_simulations
from backend.web.app import create_app
from tests.services import loops
from tests.services.waiting import wait_for

PATIENCE_S = 100


@pytest.fixture
def client(database, busy_city, city_settings):
    prepare_queue(database)
    with TestClient(create_app(city_settings), base_url="http://localhost") as client:
        yield client


def ask(client, **what_if):
    question = {"what_if": {"days": 1, "seeds": 1} | what_if, "by": "Aino"}
    return client.post("/api/v1/simulations", json=question)


def look(client, simulation_id):
    return client.get(f"/api/v1/simulations/{simulation_id}").json()


def test_a_question_is_answered_by_the_worker_and_its_process(client, city_settings):
    asked = ask(client).json()
    assert (asked["state"], asked["asked_by"]) == ("queued", "Aino")

    def is_answered() -> bool:
        return bool(look(client, asked["simulation_id"])["state"] == "done")

    async def until_answered() -> None:
        worker = asyncio.create_task(work_on_simulations(city_settings))
        await asyncio.to_thread(wait_for, is_answered, PATIENCE_S)
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker

    loops.run(until_answered())

    answered = look(client, asked["simulation_id"])
    assert answered["fraction"] == 1
    assert answered["answer"]["bins"] == 8
    assert len(answered["answer"]["curve"]) == 7
    (listed,) = client.get("/api/v1/simulations").json()
    assert listed["state"] == "done"
    assert "answer" not in listed


def test_what_nobody_waits_for_is_not_computed(client, city_settings, connection):
    asked = ask(client).json()["simulation_id"]
    cancelled = client.post(f"/api/v1/simulations/{asked}/cancel").json()
    assert cancelled["state"] == "cancelled"

    answer(city_settings, asked, is_wanted=lambda: True)
    orphan = ask(client).json()["simulation_id"]
    answer(city_settings, orphan, is_wanted=lambda: False)

    assert look(client, asked)["state"] == "cancelled"
    assert look(client, orphan)["state"] == "running"
    assert look(client, orphan)["answer"] is None
    connection.execute("UPDATE simulation SET told_at = told_at - interval '6 min'")
    assert look(client, orphan)["state"] == "failed"
    assert "ask again" in look(client, orphan)["error"]


def test_terms_that_cannot_be_fail_with_the_reason(client, city_settings):
    asked = ask(client, without_vehicles=[99]).json()["simulation_id"]

    answer(city_settings, asked, is_wanted=lambda: True)

    assert look(client, asked)["error"] == "there is no vehicle 99"


def test_what_makes_no_sense_is_refused_and_the_terms_of_today_are_told(client):
    refused = ask(client, days=0)

    assert refused.status_code == 422
    assert "days = 0 not understood" in refused.json()["detail"][0]["msg"]
    assert client.get("/api/v1/simulations/999").status_code == 404
    terms = client.get("/api/v1/simulations/today").json()
    assert terms["aim"] == {"service_level": None, "overflow_weight": 1.0}
    assert (terms["weekdays"], terms["must_go_probability"]) == (list(range(7)), 0.5)
    assert terms["vehicles"][0] == {
        "vehicle_id": 1, "name": "Truck", "streams": ["residual"],
    }  # fmt: skip


def test_questions_do_not_pile_up(client):
    statuses = [ask(client).status_code for _ in range(11)]

    assert statuses == [202] * 10 + [429]


def test_an_answer_of_an_older_version_is_said_to_be_one(client, connection):
    asked = ask(client).json()["simulation_id"]
    connection.execute(
        """UPDATE simulation SET state = 'done', ended_at = now(),
               result = '{"km": 12}', asked = asked || '{"gone": 1}'"""
    )

    shown = look(client, asked)

    assert (shown["state"], shown["answer"]) == ("failed", None)
    assert "ask again" in shown["error"]
