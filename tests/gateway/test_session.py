"""What a session answers, and in which order."""

import socket
import time
from socket import socketpair
from threading import Thread

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from gateway.broker.packets import FAREWELL, Publish
from gateway.broker.session import Session
from gateway.broker.subscriber import Link


@pytest.fixture
def session():
    ours, theirs = socketpair()
    client = Client(CallbackAPIVersion.VERSION2)
    yield Session(Link(socket=ours, version="3.1.1", early=[], client=client), 1)
    ours.close()
    theirs.close()


@pytest.fixture
def at_broker():
    """A session over TCP, and the broker's end of it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname())
        theirs, _ = server.accept()
    client = Client(CallbackAPIVersion.VERSION2)
    with ours, theirs:
        link = Link(socket=ours, version="3.1.1", early=[], client=client)
        yield Session(link, 1), theirs


def came(*numbers: int) -> list[Publish]:
    return [Publish(bytes([0, each]), "a", b"") for each in numbers]


def ids(*numbers: int) -> list[bytes]:
    return [bytes([0, each]) for each in numbers]


def test_messages_are_acknowledged_in_the_order_in_which_they_came(session):
    session.expect(came(1, 2, 3))

    session.settle(ids(3, 2))
    assert session.out == b""

    session.settle(ids(1))
    assert session.out == b"\x40\x02\0\x01\x40\x02\0\x02\x40\x02\0\x03"


def test_a_packet_id_that_is_used_again_waits_again(session):
    session.expect(came(1))
    session.settle(ids(1))
    session.out.clear()

    session.expect(came(2, 1))
    session.settle(ids(1))

    assert session.out == b""


def test_what_need_not_be_acknowledged_is_not(session):
    session.expect([Publish(b"", "a", b"")])

    session.settle([b""])

    assert session.out == b""


def test_the_last_acknowledgements_arrive_though_the_broker_went_on_talking(at_broker):
    session, broker = at_broker
    broker.sendall(b"what nobody reads any more" * 100)
    session.out += b"acknowledged"

    leaving = Thread(target=session.leave)
    leaving.start()
    time.sleep(0.2)  # a broker that is slow to listen
    heard = broker.recv(1000)
    broker.close()
    leaving.join()
    session.socket.close()

    assert heard == b"acknowledged" + FAREWELL


def test_a_broker_that_does_not_hang_up_is_left_all_the_same(at_broker):
    session, _ = at_broker

    leaving = Thread(target=session.leave)
    leaving.start()
    leaving.join(10)

    assert not leaving.is_alive()
