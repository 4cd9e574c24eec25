"""Whether a manifest is signed, and files are what it says."""

from binascii import unhexlify
from hashlib import sha256

from micropython import const

from binnode.updates.manifest import read_head
from binnode.updates.refusal import Refusal
from binnode.updates.signature import find_key, is_signed

_BLOCK_BYTES = const(512)
_SIGNATURE = b"signature "


def check_signature(path: str, keys_path: str) -> None:
    """Refuse a manifest that none of our keys has signed."""
    key_id = read_head(path).key
    key = find_key(keys_path, key_id)
    if not key:
        raise Refusal(f"key {key_id} is not known here")
    hashed = sha256()
    signature = b""
    with open(path, "rb") as file:
        for line in file:
            if signature:
                raise Refusal("the manifest goes on behind its signature")
            if line.startswith(_SIGNATURE):
                signature = unhexlify(line[len(_SIGNATURE) :].strip())
            else:
                hashed.update(line)
    if not is_signed(hashed.digest(), signature, key):
        raise Refusal("the signature is not valid")


def hash_file(path: str) -> str:
    """Read a file back, and return the SHA-256 of what is really there."""
    hashed = sha256()
    block = bytearray(_BLOCK_BYTES)
    view = memoryview(block)
    with open(path, "rb") as file:
        while size := file.readinto(block):  # type: ignore[attr-defined]
            hashed.update(view[:size])
    return hashed.digest().hex()
