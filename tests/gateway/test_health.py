"""What a gateway says about itself: /health, /metrics, and its times of service."""

import json
import urllib.request
from urllib.error import HTTPError

import pytest

from backend.embedded.loopback import HOST, find_free_port
from tests.services.devices import add_device, listening
from tests.services.gateway import database_away
from tests.services.waiting import wait_for
from tests.services.wire import message, numbered, record

READ_SERVICE = """
SELECT to_at - from_at, partitions FROM gateway_service ORDER BY from_at"""
WELL = (200, {"broker": "connected", "database": "storing"})


@pytest.fixture
def health(mosquitto, start_gateway):
    """A gateway's own page, as somebody asks for it."""
    port = find_free_port()
    start_gateway(mosquitto.way_in("gateway-1"), ULLAGE_GATEWAY_PORT=str(port))

    def ask(path: str = "/health"):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}{path}") as answer:
                status, body = answer.status, answer.read().decode()
        except HTTPError as error:
            status, body = error.code, error.read().decode()
        return status, json.loads(body) if path == "/health" else body

    wait_for(lambda: ask() == WELL)
    return ask


@pytest.fixture
def device(connection, mosquitto):
    name, device_id = add_device(connection)
    with listening(mosquitto.way_in(name), name, device_id) as one:
        yield one


def read_metrics(text: str) -> dict[str, float]:
    """Read Prometheus' text, but for the histogram."""
    lines = [line.split() for line in text.splitlines() if "{" not in line]
    return {
        name.removeprefix("ullage_gateway_"): float(value)
        for name, value in (line for line in lines if len(line) == 2)
    }


def test_a_gateway_whose_broker_goes_is_not_well_until_it_is_back(health, mosquitto):
    mosquitto.program.stop()
    wait_for(lambda: health() == (503, {"broker": "away", "database": "storing"}))

    mosquitto.program.start()
    wait_for(lambda: health() == WELL)


def test_a_gateway_whose_database_goes_is_not_well_though_nobody_speaks(
    health, connection, postgres_dsn
):
    with database_away(postgres_dsn, connection.info.dbname):
        wait_for(lambda: health() == (503, {"broker": "connected", "database": "away"}))

    wait_for(lambda: health() == WELL)


def test_what_was_counted_is_what_happened(health, device):
    device.exchange(numbered(0, 5))
    device.exchange(numbered(0, 5))
    device.exchange(numbered(9, 2))
    device.exchange(message(record(tilt_deg=200), first_seq=5))
    device.say(b"rubbish")

    wait_for(lambda: read_metrics(health("/metrics")[1])["rejected_total"] == 2)
    counted = read_metrics(health("/metrics")[1])
    assert {
        name: counted[f"{name}_total"]
        for name in ("connects", "messages", "readings", "repeated", "refused")
    } == {"connects": 1, "messages": 5, "readings": 5, "repeated": 5, "refused": 2}
    assert (counted["connected"], counted["held_bytes"]) == (1, 0)
    assert counted["wait_seconds_count"] >= 4


def test_there_is_nothing_else_to_see(health):
    assert health("/") == (404, "/health or /metrics\n")


def test_times_of_service_end_with_an_outage_and_begin_again_after_it(
    health, connection, mosquitto
):
    def read() -> list[tuple[float, list[int]]]:
        rows = connection.execute(READ_SERVICE).fetchall()
        return [(served.total_seconds(), partitions) for served, partitions in rows]

    wait_for(lambda: len(read()) == 1 and read()[0][0] > 0)  # it goes on
    mosquitto.program.stop()
    wait_for(lambda: health()[0] == 503)
    ((before_s, _),) = read()
    mosquitto.program.start()

    wait_for(lambda: len(read()) == 2)
    (after_s, partitions), _ = read()
    assert after_s == before_s
    assert partitions == [*range(64)]


def test_a_port_that_is_taken_is_named(start_gateway, mosquitto, tmp_path):
    taken = {"ULLAGE_GATEWAY_PORT": str(mosquitto.port)}
    start_gateway(mosquitto.way_in("gateway-1"), until="cannot be", **taken)

    log = (tmp_path / "gateway-1.log").read_text()
    assert f"ULLAGE_GATEWAY_PORT: 127.0.0.1:{mosquitto.port} cannot be" in log
    assert "Traceback" not in log
