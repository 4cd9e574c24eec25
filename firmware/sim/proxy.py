"""A way to the broker on which things go wrong: packet by packet, as a fault says."""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum

UP, DOWN = "up", "down"
CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK = 1, 2, 3, 4, 8, 9
_POLL_S = 0.1
_MOST_BYTES = 65536


class Deed(Enum):
    """What else than passing bytes on may be done."""

    CUT = "cut"
    HOLD = "hold"  # the connection stays, and nothing passes any more


# Bytes are passed on, a number is waited for, in s.
Action = bytes | float | Deed
Fault = Callable[[str, bytes], Iterable[Action]]  # (way, packet) → what to do instead
Carry = Callable[[socket.socket, socket.socket], None]


@contextmanager
def faulty_way(host: str, port: int, fault: Fault) -> Iterator[int]:
    """Pass connections on to a broker, as well as the fault lets it; give the port."""

    def carry(bin_side: socket.socket, broker_side: socket.socket) -> None:
        _pass_on(bin_side, broker_side, fault, is_over)

    is_over = threading.Event()
    with way_to(host, port, carry, is_over) as here:
        yield here


@contextmanager
def way_to(
    host: str, port: int, carry: Carry, is_over: threading.Event
) -> Iterator[int]:
    """Take connections to a broker, one after the other; give the port.

    Parameters
    ----------
    carry
        Passes on what one side says to the other, until both have done.
    is_over
        Is set in the end: nothing may wait any longer.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(_POLL_S)
        thread = threading.Thread(
            target=_serve, args=(server, (host, port), carry, is_over)
        )
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            is_over.set()
            thread.join()


def kind_of(packet: bytes) -> int:
    """Tell an MQTT packet's type (MQTT 3.1.1, section 2.2.1)."""
    return packet[0] >> 4


def _serve(
    server: socket.socket,
    broker: tuple[str, int],
    carry: Carry,
    is_over: threading.Event,
) -> None:
    while not is_over.is_set():
        try:
            bin_side, _ = server.accept()
        except TimeoutError:
            continue
        with bin_side, socket.create_connection(broker) as broker_side:
            carry(bin_side, broker_side)


def _pass_on(
    bin_side: socket.socket,
    broker_side: socket.socket,
    fault: Fault,
    is_over: threading.Event,
) -> None:
    ways = [(UP, bin_side, broker_side), (DOWN, broker_side, bin_side)]
    threads = [
        threading.Thread(target=_carry, args=(*each, fault, is_over)) for each in ways
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _carry(
    way: str,
    source: socket.socket,
    target: socket.socket,
    fault: Fault,
    is_over: threading.Event,
) -> None:
    try:
        for packet in _packets(source, is_over):
            for action in fault(way, packet):
                if action is Deed.HOLD:
                    is_over.wait()
                    return
                if action is Deed.CUT:
                    return
                _do(action, target)
    except OSError:
        return  # either side may go away: that is its right
    finally:
        for each in (source, target):
            _shut(each)


def _do(action: Action, target: socket.socket) -> None:
    if isinstance(action, bytes):
        target.sendall(action)
    elif isinstance(action, float):
        time.sleep(action)


def _shut(side: socket.socket) -> None:
    try:
        side.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is shut already


def _packets(source: socket.socket, is_over: threading.Event) -> Iterator[bytes]:
    source.settimeout(_POLL_S)
    pending = b""
    while not is_over.is_set():
        try:
            came = source.recv(_MOST_BYTES)
        except TimeoutError:
            continue
        if not came:
            return
        pending += came
        while (end := _end_of_packet(pending)) is not None:
            yield pending[:end]
            pending = pending[end:]


def _end_of_packet(raw: bytes) -> int | None:
    """Tell where the first packet ends, None if it is not all there (section 2.2.3)."""
    length = shift = 0
    for at, byte in enumerate(raw[1:], 2):
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return at + length if at + length <= len(raw) else None
    return None
