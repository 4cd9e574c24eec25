"""TLS with the broker: its certificate must be of our CA, and of its name.

The only module that names `tls`. Files are DER, as the chip has no decoder: `ca.der`,
and where the bin has a certificate of its own `client.der` and `client_key.der`. The
chip offers TLS 1.2 only.
"""

import gc
import os

import machine  # type: ignore[import-not-found]
import tls  # type: ignore[import-not-found]
from micropython import const

CA, CERTIFICATE, KEY = "ca.der", "client.der", "client_key.der"


_FAST_HZ = const(240_000_000)
_ready: list[object] = []


def prepare() -> None:
    """Read the certificates: before a session, as that takes 3 KB in one piece.

    Raises
    ------
    ConfigError
        If there is no `ca.der`: without it anybody could be the broker.
    """
    gc.collect()
    _hurry()
    context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    context.verify_mode = tls.CERT_REQUIRED
    authority = _read(CA)
    if not authority:
        # What has read the settings was unloaded long ago.
        from binnode.config import ConfigError

        raise ConfigError(f"{CA}: no such file; copy the CA's certificate there")
    context.load_verify_locations(authority)
    certificate = _read(CERTIFICATE)
    if certificate:
        context.load_cert_chain(certificate, _read(KEY))
    _ready.append(context)


def wrap(plain: object, host: str) -> object:
    """Put TLS on a connection; the handshake comes with the first bytes written."""
    if not _ready:
        prepare()
    wrapped: object = _ready.pop().wrap_socket(  # type: ignore[attr-defined]
        plain, server_hostname=host, do_handshake_on_connect=False
    )
    return wrapped


def _hurry() -> None:
    """Have the chip run as fast as it can until it sleeps.

    A handshake is arithmetic: the radio, which takes most, is the sooner off.
    """
    try:  # noqa: SIM105 - the chip has no contextlib
        machine.freq(_FAST_HZ)
    except ValueError:
        pass  # an ESP32-C3 has no more than it has


def _read(name: str) -> bytes:
    """Read a file; nothing where there is none."""
    try:
        # To the byte: a buffer that grows would need twice the room.
        size = os.stat(name)[6]
        gc.collect()
        with open(name, "rb") as file:
            return file.read(size)
    except OSError:
        return b""
