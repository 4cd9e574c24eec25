"""More than can be stored waits at the broker; what is too long stops nobody."""

import json
import urllib.request

import psutil
import pytest

from backend.embedded.loopback import HOST, find_free_port
from gateway.broker.packets import MAX_PAYLOAD_BYTES
from gateway.broker.receiver import MAX_HELD_BYTES
from gateway.broker.session import READ_BYTES
from tests.services.devices import add_device, listening
from tests.services.gateway import count_stored, inserts_waiting
from tests.services.waiting import wait_for
from tests.services.wire import NOON, numbered, read_ack

MANY = 2500  # messages of 8000 bytes: more than a gateway holds
READ_REJECTED = "SELECT reason, length(payload) FROM rejected_message"


def padded(seq: int) -> bytes:
    """Say one record with as many bytes as a message may have."""
    records = [{"measured_at": NOON.isoformat(), "distance_mm": 640}]
    text = json.dumps({"v": 1, "epoch": 9, "seq": seq, "records": records})
    return text.encode().ljust(8000)


def read_metric(port: int, name: str) -> float:
    with urllib.request.urlopen(f"http://{HOST}:{port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    (value,) = (line.split()[1] for line in lines if line.startswith(f"{name} "))
    return float(value)


def test_while_nothing_can_be_stored_no_more_is_read_than_may_be_held(
    connection, database, mosquitto, start_gateway
):
    port = find_free_port()
    way_in = mosquitto.way_in("gateway-1")
    gateway = start_gateway(way_in, ULLAGE_GATEWAY_PORT=str(port))
    process = psutil.Process(gateway.process.pid)
    name, device_id = add_device(connection)
    with listening(mosquitto.way_in(name), name, device_id) as device:
        device.exchange(padded(0))
        before_bytes = process.memory_info().rss

        with inserts_waiting(database):
            device.say_all(padded(seq) for seq in range(1, MANY))
            wait_for(
                lambda: read_metric(port, "ullage_gateway_held_bytes") > MAX_HELD_BYTES
            )
            held_bytes = read_metric(port, "ullage_gateway_held_bytes")
            taken = read_metric(port, "ullage_gateway_messages_total")
            grown_bytes = process.memory_info().rss - before_bytes

        assert held_bytes < MAX_HELD_BYTES + READ_BYTES
        assert taken < MANY
        assert grown_bytes < 2 * MAX_HELD_BYTES
        wait_for(lambda: count_stored(connection) == (MANY, MANY))


# In MQTT 5 a broker does not send what we said is too long for us.
@pytest.mark.parametrize(("version", "kept"), [("3.1.1", 1), ("5", 0)])
def test_a_message_far_too_long_is_set_aside_once_and_stops_nobody(
    version, kept, connection, mosquitto_as_it_comes, start_gateway
):
    gateway = start_gateway(mosquitto_as_it_comes, ULLAGE_MQTT_VERSION=version)
    name, device_id = add_device(connection)
    with listening(mosquitto_as_it_comes, name, device_id) as device:
        device.say(bytes(300_000))
        device.say(numbered(0, 1))
        assert read_ack(bytes(device.hear().payload)).next_seq == 1
        gateway.stop()
        gateway.start()  # what was not acknowledged would come again
        assert read_ack(device.exchange(numbered(1, 1))).next_seq == 2

    rejected = connection.execute(READ_REJECTED).fetchall()
    assert [reason for reason, _ in rejected] == kept * [
        "more than the limit, 8192 bytes"
    ]
    assert all(size <= MAX_PAYLOAD_BYTES + READ_BYTES for _, size in rejected)


def test_what_came_too_long_while_the_gateway_was_away_is_set_aside_too(
    connection, mosquitto_as_it_comes, start_gateway
):
    gateway = start_gateway(mosquitto_as_it_comes, ULLAGE_MQTT_VERSION="3.1.1")
    gateway.stop()
    name, device_id = add_device(connection)
    with listening(mosquitto_as_it_comes, name, device_id) as device:
        device.say(bytes(300_000))
        gateway.start()
        assert read_ack(device.exchange(numbered(0, 1))).next_seq == 1

    assert len(connection.execute(READ_REJECTED).fetchall()) == 1
