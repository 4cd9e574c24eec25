"""A way to the broker that counts what passes, whatever it is: TLS too."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sim.proxy import way_to

_MOST_BYTES = 65536


@dataclass(kw_only=True, slots=True)
class Traffic:
    """Bytes in TCP segments, without their headers, from a bin and to it."""

    port: int = 0
    up_bytes: int = 0
    down_bytes: int = 0


@contextmanager
def counting_way(host: str, port: int) -> Iterator[Traffic]:
    """Pass connections on to a broker, one after the other, and count."""
    traffic = Traffic()

    def carry(bin_side: socket.socket, broker_side: socket.socket) -> None:
        try:
            _carry(bin_side, broker_side, traffic)
        except OSError:
            return  # either side may go away: that is its right

    with way_to(host, port, carry, threading.Event()) as traffic.port:
        yield traffic


def _carry(
    bin_side: socket.socket, broker_side: socket.socket, traffic: Traffic
) -> None:
    """Pass everything on until both have said all they wanted to."""
    others = {bin_side: broker_side, broker_side: bin_side}
    talking = set(others)
    while talking:
        for side in select.select(list(talking), [], [])[0]:
            came = side.recv(_MOST_BYTES)
            if side is bin_side:
                traffic.up_bytes += len(came)
            else:
                traffic.down_bytes += len(came)
            if came:
                others[side].sendall(came)
            else:
                talking.discard(side)
                others[side].shutdown(socket.SHUT_WR)
