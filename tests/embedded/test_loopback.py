"""Ports for our own servers."""

import socket

import pytest

from backend.embedded import loopback
from backend.embedded.loopback import HOST, find_free_port, is_listening


def test_a_port_on_which_somebody_listens_is_not_drawn(monkeypatch):
    taken, free = find_free_port(), find_free_port()
    monkeypatch.setattr(loopback, "PORTS", (taken, free))

    with socket.create_server((HOST, taken)):
        assert is_listening(taken)
        assert {find_free_port() for _ in range(9)} == {free}


def test_where_no_port_is_free_it_says_so(monkeypatch):
    taken = find_free_port()
    monkeypatch.setattr(loopback, "PORTS", (taken,))

    with (
        socket.create_server((HOST, taken)),
        pytest.raises(OSError, match=f"from {taken} to {taken}"),
    ):
        find_free_port()
