from socket import socketpair
from typing import TYPE_CHECKING, cast

from gateway.session import Session
from gateway.subscriber import Link

if TYPE_CHECKING:
    from paho.mqtt.client import Client


def test_messages_are_acknowledged_in_the_order_in_which_they_came():
    ours, theirs = socketpair()
    link = Link(socket=ours, version="3.1.1", early=[], client=cast("Client", None))
    session = Session(link, 1)

    session.owe([b"\0\1", b"", b"\0\2", b"\0\3"])
    session.settle([b"\0\2", b""])
    assert session.out == b""
    session.settle([b"\0\1"])
    assert session.out == b"\x40\2\0\1\x40\2\0\2"
    session.owe([b"\0\1"])
    session.settle([b"\0\1", b"\0\3"])
    assert session.out[8:] == b"\x40\2\0\3\x40\2\0\1"
    ours.close()
    theirs.close()
