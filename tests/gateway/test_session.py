"""What a session answers, and in which order."""

from socket import socketpair

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from gateway.broker.packets import Publish
from gateway.broker.session import Session
from gateway.broker.subscriber import Link


@pytest.fixture
def session():
    ours, theirs = socketpair()
    client = Client(CallbackAPIVersion.VERSION2)
    yield Session(Link(socket=ours, version="3.1.1", early=[], client=client), 1)
    ours.close()
    theirs.close()


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
