"""Our verification against a library's signatures, and against what forgers try."""

from hashlib import sha256
from itertools import pairwise

import pytest
from binnode.updates.signature import KEY_BYTES, find_key, is_signed
from host.signing import id_of, modulus_of, sign
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.firmware.signed import signing_key

INFO = bytes.fromhex("3031300d060960864801650304020105000420")
TEXT = b"ullage 1\nversion 7\n"
DIGEST = sha256(TEXT).digest()
MODULUS = modulus_of(signing_key().public_key())


def raw_signature(block: bytes) -> bytes:
    """Sign any block, as only who has the key can: what a lax verifier would take."""
    numbers = signing_key().private_numbers()
    signed = pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n)
    return signed.to_bytes(KEY_BYTES, "big")


def padded(tail: bytes, first: bytes = b"\0\1", fill: bytes = b"\xff") -> bytes:
    return first + fill * (KEY_BYTES - len(first) - 1 - len(tail)) + b"\0" + tail


@settings(max_examples=15, deadline=None)
@given(text=st.binary(max_size=2000))
def test_what_the_library_signs_is_valid(text):
    signature = sign(signing_key(), text)

    assert is_signed(sha256(text).digest(), signature, MODULUS)
    assert not is_signed(sha256(text + b"x").digest(), signature, MODULUS)


@settings(max_examples=30, deadline=None)
@given(bit=st.integers(0, KEY_BYTES * 8 - 1))
def test_no_bit_of_a_signature_may_differ(bit):
    number = int.from_bytes(sign(signing_key(), TEXT), "big") ^ 1 << bit
    assert not is_signed(DIGEST, number.to_bytes(KEY_BYTES, "big"), MODULUS)


def test_the_block_is_made_as_the_test_says():
    assert is_signed(DIGEST, raw_signature(padded(INFO + DIGEST)), MODULUS)


@pytest.mark.parametrize(
    "block",
    [
        padded(INFO + DIGEST, first=b"\0\2"),
        padded(INFO + DIGEST, fill=b"\xfe"),
        # Bleichenbacher 2006: what follows the digest is not looked at.
        (b"\0\1\xff\xff\xff\xff\xff\xff\xff\xff\0" + INFO + DIGEST).ljust(
            KEY_BYTES, b"\1"
        ),
        padded(INFO[:13] + INFO[15:] + DIGEST),  # without the NULL of the algorithm
        padded(DIGEST),
        padded(INFO + DIGEST[::-1]),
    ],
    ids=["type", "fill", "tail", "no null", "no algorithm", "digest"],
)
def test_a_block_that_is_not_exactly_so_is_not_valid(block):
    assert not is_signed(DIGEST, raw_signature(block), MODULUS)


@pytest.mark.parametrize("size", [0, KEY_BYTES - 1, KEY_BYTES + 1])
def test_a_signature_has_the_size_of_the_key(size):
    signature = sign(signing_key(), TEXT)
    assert not is_signed(DIGEST, signature[:size].ljust(size, b"\0"), MODULUS)


def test_a_signature_is_smaller_than_the_modulus():
    number = int.from_bytes(sign(signing_key(), TEXT), "big")
    modulus = int.from_bytes(MODULUS, "big")
    if (number + modulus).bit_length() <= KEY_BYTES * 8:
        larger = (number + modulus).to_bytes(KEY_BYTES, "big")
        assert not is_signed(DIGEST, larger, MODULUS)
    assert not is_signed(DIGEST, MODULUS, MODULUS)


def test_a_key_is_found_by_its_name_among_several(tmp_path):
    keys = [signing_key(name).public_key() for name in ("current", "stranger")]
    (tmp_path / "keys").write_bytes(b"".join(map(modulus_of, keys)))

    path = str(tmp_path / "keys")
    assert [find_key(path, id_of(key)) for key in keys] == list(map(modulus_of, keys))
    assert find_key(path, "00000000") == b""
    assert find_key(str(tmp_path / "none"), id_of(keys[0])) == b""
    assert all(first != second for first, second in pairwise(map(id_of, keys)))
