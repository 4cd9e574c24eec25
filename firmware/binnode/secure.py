"""TLS with the broker: its certificate must be of our CA, and of its name.

The only module that names `tls`. Files are DER, as the chip has no decoder: `ca.der`,
and where the bin has a certificate of its own `client.der` and `client_key.der`. The
chip offers TLS 1.2 only.
"""

import tls  # type: ignore[import-not-found]

from binnode.config import ConfigError

CA, CERTIFICATE, KEY = "ca.der", "client.der", "client_key.der"


def wrap(plain: object, host: str) -> object:
    """Put TLS on a connection; the handshake comes with the first bytes written.

    Raises
    ------
    ConfigError
        If there is no `ca.der`: without it anybody could be the broker.
    """
    context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    context.verify_mode = tls.CERT_REQUIRED
    authority = _read(CA)
    if not authority:
        raise ConfigError(f"{CA}: no such file; copy the CA's certificate there")
    context.load_verify_locations(authority)
    certificate = _read(CERTIFICATE)
    if certificate:
        context.load_cert_chain(certificate, _read(KEY))
    return context.wrap_socket(
        plain, server_hostname=host, do_handshake_on_connect=False
    )


def _read(name: str) -> bytes:
    """Read a file; nothing where there is none."""
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return b""
