"""Reports of citizens and counters, rules and the service level, by the API."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.services.city import MORNING

EVENT = str(UUID(int=7))


def test_a_citizen_says_that_a_bin_is_full_and_it_counts_once(client, small_city):
    address = f"/api/v1/bins/{small_city['T-1']}/observations"
    said = {"fill_fraction": 1.0, "event_id": EVENT}

    first, again = (client.post(address, json=said) for _ in range(2))

    assert first.status_code == 201
    assert first.json()["source"] == "citizen"
    assert first.json()["fill_deviation"] == 0.25
    assert again.json() == first.json()
    history = client.get(f"/api/v1/bins/{small_city['T-1']}/history").json()
    assert [each["fill_fraction"] for each in history["observations"]] == [1.0]


@pytest.mark.parametrize(
    ("slot", "said", "status"),
    [
        ("T-1", {"fill_fraction": 3}, 422),
        ("T-1", {"fill_fraction": 1, "source": "a bird"}, 422),
        ("T-1", {"fill_fraction": 1, "full": True}, 422),
        (
            "T-1",
            {
                "fill_fraction": 1,
                "observed_at": (MORNING + timedelta(days=1)).isoformat(),
            },
            422,
        ),
        (None, {"fill_fraction": 1}, 404),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(
    client, small_city, slot, said, status
):
    slot_id = small_city.get(slot, 999)

    reply = client.post(f"/api/v1/bins/{slot_id}/observations", json=said)

    assert reply.status_code == status


def test_a_counters_report_is_corrected_by_one_of_the_same_time(client, small_city):
    address = f"/api/v1/bins/{small_city['T-1']}/deposits"
    at = (MORNING - timedelta(hours=2)).isoformat()
    for deposits in (12, 14):
        reply = client.post(address, json={"deposits": deposits, "reported_at": at})
        assert reply.status_code == 201

    assert [each["deposits"] for each in client.get(address).json()] == [14]


def test_a_rule_is_set_listed_and_taken_back(client, small_city):
    rule = {"kind": "hygiene", "stream": "residual", "every_days": 14}
    assert client.put("/api/v1/collection-rules", json=rule).status_code == 200

    (listed,) = client.get("/api/v1/collection-rules").json()
    assert {key: listed[key] for key in rule} == rule
    gone = client.delete("/api/v1/collection-rules?kind=hygiene&stream=residual")
    assert gone.status_code == 204
    assert client.get("/api/v1/collection-rules").json() == []


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"kind": "hygiene", "code": "T-9", "every_days": 2}, "no bin T-9"),
        ({"kind": "hygiene", "stream": "gold", "every_days": 2}, "no stream gold"),
        ({"kind": "hygiene", "stream": "residual", "factor": 2}, "says one thing"),
        ({"kind": "contract", "every_days": 2}, "for a stream or for a code"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_the_reason(
    client, small_city, rule, says
):
    reply = client.put("/api/v1/collection-rules", json=rule)

    assert reply.status_code == 422
    assert says in reply.json()["detail"]


def test_service_days_and_level_are_set_and_shown(client, small_city):
    client.put("/api/v1/service-days?weekdays=5&weekdays=1")
    client.put("/api/v1/service-days/off/2026-12-25?reason=Christmas")
    client.put("/api/v1/service-level", json={"service_level": 0.995})

    assert client.get("/api/v1/service-days").json() == {
        "weekdays": [1, 5],
        "days_off": [{"day": "2026-12-25", "reason": "Christmas"}],
    }
    assert client.get("/api/v1/service-level").json() == {"service_level": 0.995}
    refused = client.put("/api/v1/service-level", json={"service_level": 99.5})
    assert refused.status_code == 422


def test_an_event_is_said_changed_listed_and_taken_back(client, small_city):
    address = "/api/v1/known-events/2027-06-25"
    client.put(address, json={"factor": 9})
    client.put(address, json={"factor": 2.5, "reason": " Midsummer "})

    assert client.get("/api/v1/known-events").json() == [
        {"day": "2027-06-25", "factor": 2.5, "reason": "Midsummer"}
    ]
    assert client.put(address, json={"factor": 0}).status_code == 422
    assert client.delete(address).status_code == 204
    assert client.get("/api/v1/known-events").json() == []
    assert client.delete(address).status_code == 404
