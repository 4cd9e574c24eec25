"""Keys that sign versions: RSA-3072, PKCS #1 v1.5, SHA-256."""

from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
)

KEY_BITS = 3072
EXPONENT = 65537
_ID_BYTES = 4


class KeyFileError(Exception):
    """A key cannot be used; the message says which and why."""


def load_private(path: Path, passphrase: str | None = None) -> RSAPrivateKey:
    """Read a key that signs."""
    password = passphrase.encode() if passphrase else None
    try:
        key = load_pem_private_key(path.read_bytes(), password)
    except (OSError, ValueError, TypeError) as error:
        raise KeyFileError(f"{path}: {error}") from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyFileError(f"{path}: not an RSA key")
    _check(path, key.public_key())
    return key


def load_public(path: Path) -> RSAPublicKey:
    """Read a key that is trusted."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise KeyFileError(f"{path}: {error}") from error
    if not isinstance(key, RSAPublicKey):
        raise KeyFileError(f"{path}: not an RSA key")
    _check(path, key)
    return key


def modulus_of(key: RSAPublicKey) -> bytes:
    """Write a key as devices keep it."""
    return key.public_numbers().n.to_bytes(KEY_BITS // 8, "big")


def id_of(key: RSAPublicKey) -> str:
    """Name a key."""
    return sha256(modulus_of(key)).digest()[:_ID_BYTES].hex()


def sign(key: RSAPrivateKey, text: bytes) -> bytes:
    """Sign a manifest."""
    return key.sign(text, PKCS1v15(), SHA256())


def _check(path: Path, key: RSAPublicKey) -> None:
    numbers = key.public_numbers()
    if key.key_size != KEY_BITS or numbers.e != EXPONENT:
        raise KeyFileError(f"{path}: RSA of {KEY_BITS} bits, e = {EXPONENT}, wanted")
