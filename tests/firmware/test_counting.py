"""Bytes on the way to a broker, counted whatever they mean."""

import socket

import pytest
from sim.counting import counting_way

from tests.firmware import peers


def answer_in_full(connection, _is_over):
    """Hear somebody out, then say three bytes."""
    while connection.recv(1024):
        pass
    connection.sendall(b"abc")


def test_both_ways_are_counted_to_the_last_byte_after_one_side_is_done():
    with (
        peers.peer(answer_in_full) as port,
        counting_way("127.0.0.1", port) as traffic,
        socket.create_connection(("127.0.0.1", traffic.port)) as bin_side,
    ):
        bin_side.sendall(b"\x16\x03\x01" * 1000)
        bin_side.shutdown(socket.SHUT_WR)
        assert bin_side.recv(1024) == b"abc"
        assert bin_side.recv(1024) == b""

    assert (traffic.up_bytes, traffic.down_bytes) == (3000, 3)


@pytest.mark.parametrize("again", [1, 2])
def test_a_broker_that_hangs_up_ends_nothing_but_its_connection(again):
    with (
        peers.peer(peers.hang_up) as port,
        counting_way("127.0.0.1", port) as traffic,
    ):
        for _ in range(again):
            with socket.create_connection(("127.0.0.1", traffic.port)) as bin_side:
                assert bin_side.recv(1024) == b""
