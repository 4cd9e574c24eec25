"""Readings by HTTP: stored by a gateway, as if they had come by the broker."""

import json
import time
from datetime import UTC, datetime

import pytest

from backend.store.rejected import load_rejected
from tests.services.uplinks import chirpstack, things_stack
from tests.services.wire import NOON

ADD = "INSERT INTO device (device, kind) VALUES (%s, %s)"
READ = (
    "SELECT device, distance_mm FROM reading JOIN device USING (device_id) ORDER BY 1"
)
DRAGINO = bytes.fromhex("0D3B0AEF00000001")


def reading(device: object = "bin-a", **members: object) -> dict[str, object]:
    entry = {"measured_at": NOON.isoformat(), "distance_mm": 640} | members
    return {"v": 1, "device": device, "records": [entry]}


@pytest.fixture
def bins(connection):
    connection.execute(ADD, ("bin-a", "test"))
    connection.execute(ADD, ("bin-b", "test"))
    connection.execute(ADD, ("a84041b7c1234567", "dragino-dds75"))


@pytest.fixture
def post(client, bins):
    def post(content: object, **query: str):
        body = content if isinstance(content, bytes) else json.dumps(content)
        return client.post("/api/v1/readings", content=body, params=query)

    return post


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits for a gateway that is not there."""
    monkeypatch.setattr("backend.web.readings.PATIENCE_S", 0.2)


@pytest.mark.usefixtures("gateway_process")
def test_what_a_gateway_makes_of_each_message_is_answered(post, connection):
    counted = reading("bin-b") | {"epoch": 9, "seq": 0}

    answer = post([reading(), reading(tilt_deg=200), counted, reading("bin-z"), {}, 7])

    assert answer.status_code == 200
    messages = answer.json()["messages"]
    assert [each["device"] for each in messages] == [
        *("bin-a", "bin-a", "bin-b", "bin-z", None, None)
    ]
    good, tilted, numbered, stranger, nameless, number = (
        each["outcome"] for each in messages
    )
    assert (good["stored"], good["known"], good["rejected"]) == (1, 0, [])
    assert tilted["rejected"] == ["records[0].tilt_deg: 200 is not in 0..180"]
    assert (numbered["epoch"], numbered["next_seq"]) == (9, 1)
    assert stranger["rejected"] == ["unknown device bin-z"]
    assert "no member says which device" in nameless["rejected"][0]
    assert number["rejected"] == ["message: an object is expected, not 7"]
    assert connection.execute(READ).fetchall() == [("bin-a", 640), ("bin-b", 640)]
    assert len(load_rejected(connection)) == 4


@pytest.mark.usefixtures("gateway_process")
@pytest.mark.parametrize(
    "body", [chirpstack(DRAGINO, fPort=2), things_stack(DRAGINO, f_port=2)]
)
def test_the_body_of_a_network_server_is_taken_as_it_is(post, connection, body):
    first, second = (post(body).json()["messages"] for _ in range(2))

    assert first[0]["device"] == "a84041b7c1234567"
    assert first[0]["outcome"]["stored"] == 1
    assert (second[0]["outcome"]["stored"], second[0]["outcome"]["known"]) == (0, 1)
    assert connection.execute(READ).fetchall() == [("a84041b7c1234567", 2799)]


def test_without_a_gateway_a_message_is_kept_and_stored_later(
    impatient, post, connection, gateway_process
):
    gateway_process.stop()
    answer = post(reading())
    assert answer.status_code == 202
    assert answer.json() == {"messages": [{"device": "bin-a", "outcome": None}]}
    assert connection.execute(READ).fetchall() == []

    gateway_process.start()

    give_up_s = time.monotonic() + 20
    while not (rows := connection.execute(READ).fetchall()):
        assert time.monotonic() < give_up_s
        time.sleep(0.02)
    assert rows == [("bin-a", 640)]


def test_when_messages_wait_already_nobody_waits_with_them(
    monkeypatch, post, connection
):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    connection.execute(
        "INSERT INTO inbox_message (partition, topic, payload, received_at)"
        " VALUES (0, 'x', 'x', %s)",
        (long_ago,),
    )
    monkeypatch.setattr("backend.web.readings.wait_for", pytest.fail)

    assert post(reading()).status_code == 202


def test_a_join_or_a_status_of_chirpstack_is_no_reading(post, connection):
    answer = post(chirpstack(b""), event="join")

    assert (answer.status_code, answer.json()) == (200, {"messages": []})
    assert connection.execute("SELECT FROM inbox_message").fetchall() == []


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 422, "not JSON"),
        (b"{", 422, "not JSON"),
        (b"[" * 100_000, 422, "not JSON"),
        (b'{"device": NaN}', 422, "NaN is not JSON"),
        (b"7", 422, "neither an object nor a list"),
        (b"[" + b",".join([b"{}"] * 1001) + b"]", 422, "1001 messages are more"),
        (b'{"a":"' + b"x" * 1_048_576 + b'"}', 413, "the limit is 1048576 bytes"),
    ],
)
def test_a_body_that_holds_no_messages_is_refused(post, connection, body, status, said):
    answer = post(body)

    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert connection.execute("SELECT FROM inbox_message").fetchall() == []


def test_a_body_whose_length_nobody_states_is_cut_off_too(client):
    def endless():
        for _ in range(20):
            yield b" " * 100_000

    answer = client.post("/api/v1/readings", content=endless())

    assert answer.status_code == 413
