"""SIGTERM: what was taken is stored and answered for, or left at the broker."""

import socket
import time
from signal import SIGTERM

import pytest

from backend.embedded.loopback import HOST
from tests.services.broker import Broker
from tests.services.devices import add_device, listening
from tests.services.gateway import count_stored, database_away
from tests.services.waiting import wait_for
from tests.services.wire import numbered, read_ack

MANY = 4000
QUICK_S = 10.0  # what it must not wait for takes 15 s and more


@pytest.fixture
def device(connection, mosquitto):
    name, device_id = add_device(connection)
    with listening(mosquitto.way_in(name), name, device_id) as one:
        yield one


def end(program) -> float:
    """Tell a gateway to stop; return how long it takes, s."""
    began_s = time.monotonic()
    program.process.send_signal(SIGTERM)
    assert program.process.wait(30) == 0
    return time.monotonic() - began_s


def test_all_that_it_took_is_stored_and_acknowledged_before_it_leaves(
    connection, device, mosquitto, start_gateway
):
    gateway = start_gateway(mosquitto.way_in("gateway-1"))
    device.say_all(numbered(seq, 1) for seq in range(MANY))
    wait_for(lambda: count_stored(connection)[0])

    took_s = end(gateway)
    stored, _ = count_stored(connection)
    wait_for(lambda: last_ack(device) == stored)
    gateway.start()

    assert took_s < QUICK_S
    wait_for(lambda: count_stored(connection) == (MANY, MANY))


def last_ack(device) -> int:
    """Return the newest acknowledgement that was heard so far."""
    heard = [read_ack(bytes(each.payload)).next_seq for each in device.heard.queue]
    return max(heard, default=0)


def test_without_its_database_it_leaves_at_once_and_everything_comes_again(
    connection, device, mosquitto, start_gateway, postgres_dsn, tmp_path
):
    gateway = start_gateway(mosquitto.way_in("gateway-1"))
    device.exchange(numbered(0, 1))
    with database_away(postgres_dsn, connection.info.dbname):
        device.say_all(numbered(seq, 1) for seq in range(1, 50))
        wait_for(lambda: "next try" in (tmp_path / "gateway-1.log").read_text())

        assert end(gateway) < QUICK_S
    gateway.start()

    wait_for(lambda: count_stored(connection) == (50, 50))


def test_it_leaves_at_once_when_its_broker_does_not_answer(start_gateway):
    with socket.create_server((HOST, 0)) as mute:
        port = mute.getsockname()[1]
        gateway = start_gateway(Broker(host=HOST, port=port), until="")
        connection, _ = mute.accept()

        with connection:
            assert end(gateway) < QUICK_S
