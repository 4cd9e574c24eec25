"""Peers that accept a connection and then misbehave."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL_S = 0.2
DAWDLE_S = 2.8  # a bin waits for 3


@contextmanager
def peer(behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """Serve one connection after the other on a free port."""
    is_over = threading.Event()

    def serve(server: socket.socket) -> None:
        while not is_over.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            with connection:
                try:
                    behave(connection, is_over)
                except OSError:
                    continue  # the bin went away: that is its right

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(POLL_S)
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            is_over.set()
            thread.join()


def say_nothing(_connection: socket.socket, is_over: threading.Event) -> None:
    is_over.wait()


def hang_up(_connection: socket.socket, _is_over: threading.Event) -> None:
    return


def drip(connection: socket.socket, is_over: threading.Event) -> None:
    """Promise a long packet and send a byte of it now and then."""
    connection.sendall(b"\x20\x7f")
    while not is_over.wait(POLL_S):
        connection.sendall(b"\x00")


def refuse(connection: socket.socket, is_over: threading.Event) -> None:
    """Turn down user and password, MQTT 3.1.1 section 3.2.2.3."""
    connection.recv(1024)
    connection.sendall(b"\x20\x02\x00\x05")
    is_over.wait()


def talk_nonsense(connection: socket.socket, is_over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 40)
    is_over.wait()


def dawdle(connection: socket.socket, is_over: threading.Event) -> None:
    """Answer each time just before the bin gives up, and never with an ack."""
    connection.recv(1024)
    is_over.wait(DAWDLE_S)
    connection.sendall(b"\x20\x02\x00\x00")
    connection.recv(1024)
    is_over.wait(DAWDLE_S)
    connection.sendall(b"\x90\x05\x00\x01\x01\x01\x01")
    is_over.wait()
