"""Make a release: the application compiled, with a signed manifest, and the loader.

Usage: python firmware/host/release.py OUT --version N --sign KEY [--trust KEY …]
           [--transport wifi espnow lte]
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

# Run as a script, the folder above is not on the path yet.
sys.path.insert(0, str(Path(__file__).parent.parent))

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
)
from host.build import DEFAULT_TRANSPORTS, TRANSPORTS, build
from host.signing import (
    KeyFileError,
    id_of,
    load_private,
    load_public,
    modulus_of,
    sign,
)

KEYS = "keys"
MANIFEST = "manifest"
LOADER = "main.py"
PASSPHRASE = "ULLAGE_KEY_PASSPHRASE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Which version it is, and what a device must be to take it."""

    version: int
    board: str = "esp32"
    first_revision: int = 1
    last_revision: int = 1
    battery_mv: int = 3500
    transports: tuple[str, ...] = DEFAULT_TRANSPORTS


def make_release(
    out: Path, terms: Terms, key: RSAPrivateKey, trusted: Sequence[RSAPublicKey]
) -> None:
    """Build and sign; the new version trusts the key that signs it, and the others."""
    build(out, board=terms.board, transports=terms.transports)
    sign_folder(out, terms, key, trusted)


def sign_folder(
    folder: Path, terms: Terms, key: RSAPrivateKey, trusted: Sequence[RSAPublicKey]
) -> None:
    """Write keys and manifest beside what is in a folder."""
    keys = [key.public_key(), *trusted]
    (folder / KEYS).write_bytes(b"".join(map(modulus_of, keys)))
    (folder / MANIFEST).write_bytes(_sign_manifest(folder, terms, key))


def _sign_manifest(folder: Path, terms: Terms, key: RSAPrivateKey) -> bytes:
    lines = [
        "ullage 1",
        f"version {terms.version}",
        f"board {terms.board}",
        f"revisions {terms.first_revision} {terms.last_revision}",
        f"battery_mv {terms.battery_mv}",
        f"key {id_of(key.public_key())}",
        *(_describe(folder, each) for each in _application(folder)),
    ]
    text = "".join(f"{line}\n" for line in lines).encode()
    return text + f"signature {sign(key, text).hex()}\n".encode()


def _application(folder: Path) -> list[Path]:
    modules = [each for each in (folder / "binnode").rglob("*") if each.is_file()]
    return sorted([folder / KEYS, *modules])


def _describe(folder: Path, path: Path) -> str:
    content = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    return f"file {name} {len(content)} {sha256(content).hexdigest()}"


def main() -> int:
    """Make one release as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", type=int, required=True)
    parser.add_argument("--sign", type=Path, required=True, metavar="PRIVATE_KEY")
    parser.add_argument("--trust", type=Path, nargs="*", default=[], metavar="KEY")
    parser.add_argument("--board", default="esp32")
    parser.add_argument("--revisions", type=int, nargs=2, default=(1, 1))
    parser.add_argument("--battery-mv", type=int, default=3500)
    parser.add_argument(
        "--transport", nargs="+", default=DEFAULT_TRANSPORTS, choices=TRANSPORTS
    )
    given = parser.parse_args()
    terms = Terms(
        version=given.version,
        board=given.board,
        first_revision=given.revisions[0],
        last_revision=given.revisions[1],
        battery_mv=given.battery_mv,
        transports=tuple(given.transport),
    )
    try:
        key = load_private(given.sign, os.environ.get(PASSPHRASE))
        trusted = [load_public(each) for each in given.trust]
    except KeyFileError as error:
        raise SystemExit(str(error)) from error
    make_release(given.out, terms, key, trusted)
    print(f"{given.out}: version {terms.version} for {terms.board}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
