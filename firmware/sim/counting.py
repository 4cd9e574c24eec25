"""A way to the broker that counts what passes, whatever it is: TLS too."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_POLL_S = 0.05
_MOST_BYTES = 65536


@dataclass(kw_only=True, slots=True)
class Traffic:
    """Bytes in TCP segments, without their headers, from a bin and to it."""

    port: int
    up_bytes: int = 0
    down_bytes: int = 0


@contextmanager
def counting_way(host: str, port: int) -> Iterator[Traffic]:
    """Pass connections on to a broker, one after the other, and count."""
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(_POLL_S)
        traffic = Traffic(port=server.getsockname()[1])
        thread = threading.Thread(
            target=_serve, args=(server, (host, port), traffic, is_over)
        )
        thread.start()
        try:
            yield traffic
        finally:
            is_over.set()
            thread.join()


def _serve(
    server: socket.socket,
    broker: tuple[str, int],
    traffic: Traffic,
    is_over: threading.Event,
) -> None:
    while not is_over.is_set():
        try:
            bin_side, _ = server.accept()
        except TimeoutError:
            continue
        with bin_side, socket.create_connection(broker) as broker_side:
            try:
                _carry(bin_side, broker_side, traffic)
            except OSError:
                continue  # either side may go away: that is its right


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
