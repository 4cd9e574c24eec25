"""Ports of this machine that nobody else can reach."""

import socket
from random import SystemRandom

HOST = "127.0.0.1"

# Below those that systems lend to outgoing connections (Linux 32768, others 49152): one
# of these stays ours from here to the server's start, and while the server restarts.
PORTS = range(20_000, 32_000)


def find_free_port() -> int:
    """Draw a port on which nobody listens.

    Raises
    ------
    OSError
        If the last one that was tried is taken, as all others are.
    """
    drawn = SystemRandom().sample(PORTS, len(PORTS))
    while not _is_free(port := drawn.pop()):
        if not drawn:
            raise OSError(f"no port of {HOST} is free from {PORTS[0]} to {PORTS[-1]}")
    return port


def is_listening(port: int) -> bool:
    """Tell whether somebody accepts connections on a port."""
    try:
        socket.create_connection((HOST, port), timeout=1.0).close()
    except OSError:
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
