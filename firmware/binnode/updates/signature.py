"""RSA signatures, and who may sign.

RSA, as MicroPython has its whole arithmetic in `pow`: verifying takes fifteen lines.
"""

from hashlib import sha256

from micropython import const

KEY_BYTES = const(384)  # RSA-3072
_EXPONENT = const(65537)
# The SHA-256 DigestInfo, RFC 8017 section 9.2, note 1.
_DIGEST_INFO = b"010\r\x06\t`\x86H\x01e\x03\x04\x02\x01\x05\x00\x04 "
_KEY_ID_BYTES = const(4)


def is_signed(digest: bytes, signature: bytes, key: bytes) -> bool:
    """Verify RSASSA-PKCS1-v1_5: the padded block is made anew and compared whole.

    RFC 8017, section 8.2.2. To parse the block instead is what forgeries live on.
    """
    modulus = int.from_bytes(key, "big")
    number = int.from_bytes(signature, "big")
    if len(signature) != len(key) or number >= modulus:
        return False
    tail = b"\x00" + _DIGEST_INFO + digest
    padded = b"\x00\x01" + b"\xff" * (len(key) - 2 - len(tail)) + tail
    return pow(number, _EXPONENT, modulus).to_bytes(len(key), "big") == padded


def find_key(path: str, key_id: str) -> bytes:
    """Find a key by its name among those that this firmware trusts; none: empty."""
    try:
        with open(path, "rb") as file:
            while True:
                key = file.read(KEY_BYTES)
                if not key or sha256(key).digest()[:_KEY_ID_BYTES].hex() == key_id:
                    return key
    except OSError:
        return b""
