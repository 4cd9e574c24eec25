"""A release as `firmware/host/release.py` makes one: a folder, or a zip file of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile
from zipfile import Path as ZipPath

from backend.firmware.errors import FirmwareError

KEY_BYTES = 384  # RSA-3072
EXPONENT = 65537
# The SHA-256 DigestInfo, RFC 8017 section 9.2, note 1.
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
HEAD = re.compile(
    r"ullage 1\nversion (?P<version>\d{1,9})\nboard (?P<board>[a-z0-9_-]{1,16})\n"
    r"revisions (?P<first>\d{1,4}) (?P<last>\d{1,4})\nbattery_mv (?P<battery>\d{1,5})\n"
    r"key (?P<key>[0-9a-f]{8})\n(?P<files>(?:file .+\n)+)"
    r"signature (?P<sign>[0-9a-f]+)\n"
)
FILE = re.compile(r"file (?P<name>keys|binnode(?:/\w[\w.]*)+) (\d+) ([0-9a-f]{64})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A version: its signed manifest and, behind it, its files in that order."""

    version: int
    board: str
    first_revision: int
    last_revision: int
    battery_mv: int
    key_id: str
    manifest_bytes: int
    image: bytes
    loader: bytes

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Take the image apart, as it lies in a slot."""
        manifest, at = self.image[: self.manifest_bytes], self.manifest_bytes
        yield "manifest", manifest
        for name, size, _ in list_files(manifest.decode()):
            yield name, self.image[at : at + size]
            at += size


def read_release(path: Path) -> Release:
    """Read a release, and check it as a device will.

    Raises
    ------
    FirmwareError
        If a device would refuse it, or never ask for all of it.
    """
    root: Path | ZipPath = path
    try:
        if path.is_file():
            root = ZipPath(path)
        manifest = (root / "manifest").read_bytes()
        found = HEAD.fullmatch(manifest.decode())
        if found is None:
            raise FirmwareError(f"{path}: the manifest is not understood")
        parts = [_read_file(root, *each) for each in list_files(found["files"])]
        keys, loader = (root / "keys").read_bytes(), (root / "main.py").read_bytes()
    except (OSError, KeyError, BadZipFile, UnicodeDecodeError) as error:
        raise FirmwareError(f"{path} is not a whole release: {error}") from error
    _check_signature(manifest, bytes.fromhex(found["sign"]), keys, found["key"])
    return Release(
        version=int(found["version"]),
        board=found["board"],
        first_revision=int(found["first"]),
        last_revision=int(found["last"]),
        battery_mv=int(found["battery"]),
        key_id=found["key"],
        manifest_bytes=len(manifest),
        image=manifest + b"".join(parts),
        loader=loader,
    )


def list_files(text: str) -> list[tuple[str, int, str]]:
    """Read name, size and SHA-256 of each file."""
    lines = [each for each in text.splitlines() if each.startswith("file ")]
    matches = [FILE.fullmatch(each) for each in lines]
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            raise FirmwareError(f"{line!r} is not a file inside the slot")
    return [(each[1], int(each[2]), each[3]) for each in matches if each is not None]


def _read_file(root: Path | ZipPath, name: str, size: int, digest: str) -> bytes:
    content = (root / name).read_bytes()
    if len(content) != size or sha256(content).hexdigest() != digest:
        raise FirmwareError(f"{name} is not what the manifest says: build it anew")
    return content


def _check_signature(
    manifest: bytes, signature: bytes, keys: bytes, key_id: str
) -> None:
    """Make the padded block anew and compare it whole (RFC 8017, section 8.2.2)."""
    known = [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]
    key = next((k for k in known if sha256(k).hexdigest().startswith(key_id)), b"")
    signed = manifest[: manifest.rindex(b"signature ")]
    tail = b"\0" + DIGEST_INFO + sha256(signed).digest()
    padded = b"\0\1" + b"\xff" * (KEY_BYTES - 2 - len(tail)) + tail
    number, modulus = int.from_bytes(signature, "big"), int.from_bytes(key, "big")
    if (
        len(key) != KEY_BYTES
        or number >= modulus
        or pow(number, EXPONENT, modulus) != int.from_bytes(padded, "big")
    ):
        raise FirmwareError(f"the signature is not of key {key_id}: sign it anew")
