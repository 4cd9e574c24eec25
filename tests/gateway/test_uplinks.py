"""`python -m gateway` hears the uplinks of network servers."""

import time
from typing import Any

import psycopg
import pytest

from backend.store.rejected import load_rejected
from tests.services.devices import PATIENCE_S, connected
from tests.services.gateway import forget_session, make_gateway
from tests.services.uplinks import chirpstack, things_stack
from tests.services.wire import numbered, topic

FILTERS = "uplinks/application/+/device/+/event/up, uplinks/v3/+/devices/+/up"
CHIRPSTACK = "uplinks/application/bins/device/{}/event/up"
THINGS_STACK = "uplinks/v3/bins@ttn/devices/{}/up"
MILESIGHT = bytes.fromhex("01755c0367010104824408050001")
DRAGINO = bytes.fromhex("0D3B0AEF00000001")
DECENTLAB = bytes.fromhex("02012f000304d200010bb1")
ADD = "INSERT INTO device (device, kind) VALUES (%s, %s)"
READ = (
    "SELECT device, distance_mm FROM reading JOIN device USING (device_id) ORDER BY 1"
)
# Two halves of the fleet, as two gateways share it.
HALVES = ("0-31", "32-63")
SESSIONS = ("ullage-00000000ffffffff", "ullage-ffffffff00000000")


@pytest.fixture
def two_gateways(database, broker, tmp_path):
    programs = []
    for half, session in zip(HALVES, SESSIONS, strict=True):
        forget_session(broker, session)
        settings = {"ULLAGE_PARTITIONS": half, "ULLAGE_UPLINK_TOPICS": FILTERS}
        log_path = tmp_path / f"gateway-{half}.log"
        program = make_gateway(database, broker, log_path, **settings)
        program.start()
        programs.append(program)
    yield programs
    for program in programs:
        program.stop()


def wait_until(
    conn: psycopg.Connection, query: str, number: int
) -> list[tuple[Any, ...]]:
    give_up_s = time.monotonic() + PATIENCE_S
    while len(rows := conn.execute(query).fetchall()) < number:
        assert time.monotonic() < give_up_s, rows
        time.sleep(0.02)
    return rows


@pytest.mark.usefixtures("two_gateways")
def test_gateways_that_share_a_fleet_store_each_uplink_once(connection, broker):
    known = {
        "a84041b7c1000001": ("milesight-em400-tld", 2116),
        "a84041b7c1000002": ("dragino-dds75", 2799),
        "a84041b7c1000003": ("decentlab-dl-mbx", 1234),
        "a84041b7c1000004": ("json", 812),
    }
    frames = dict(zip(known, (MILESIGHT, DRAGINO, DECENTLAB, b""), strict=True))
    for device, (kind, _) in known.items():
        connection.execute(ADD, (device, kind))

    with connected(broker, "network-server") as server:
        for _ in range(2):  # a network server may say it twice
            for device, frame in frames.items():
                body = chirpstack(
                    frame, dev_eui=device, fPort=2, object={"distance_mm": 812}
                )
                server.publish(CHIRPSTACK.format(device), body, qos=1)
                body = things_stack(frame, dev_eui=device.upper(), f_port=2)
                server.publish(
                    THINGS_STACK.format(device), body, qos=1
                ).wait_for_publish(PATIENCE_S)
        rows = wait_until(connection, READ, len(known))
        # Each gateway has heard everything when it has kept a last word.
        server.publish(CHIRPSTACK.format("end"), b"end", qos=1).wait_for_publish(5)
        wait_until(connection, "SELECT FROM rejected_message", 1)

    assert rows == [(device, distance) for device, (_, distance) in known.items()]
    assert connection.execute(READ).fetchall() == rows
    assert len(load_rejected(connection)) == 1


@pytest.mark.usefixtures("two_gateways")
def test_every_frame_that_is_not_stored_is_kept_once_with_a_reason(connection, broker):
    connection.execute(ADD, ("a84041b7c1000001", "dragino-dds75"))
    connection.execute(ADD, ("a84041b7c1000002", "no-such-kind"))
    frames = [bytes([each]) * each for each in range(60) if each not in (3, 4, 5, 8)]
    said = [
        *((CHIRPSTACK.format("x"), frame) for frame in frames),
        *(
            (CHIRPSTACK.format("y"), chirpstack(f, dev_eui="a84041b7c1000001", fPort=2))
            for f in frames
        ),
        (CHIRPSTACK.format("z"), chirpstack(DRAGINO, dev_eui="a84041b7c1000002")),
        (THINGS_STACK.format("z"), things_stack(DRAGINO, dev_eui="a84041b7c10000ff")),
        (topic("nobody"), numbered(0, 1)),
    ]

    with connected(broker, "network-server") as server:
        for where, payload in said:
            server.publish(where, payload, qos=1)
        wait_until(connection, "SELECT FROM rejected_message", len(said))

    kept = load_rejected(connection)
    assert sorted((each.topic, each.payload) for each in kept) == sorted(said)
    assert all(each.reason for each in kept)
    assert any("known are decentlab-dl-mbx, dragino" in each.reason for each in kept)
