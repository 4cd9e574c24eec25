"""Keys that live as long as the tests, and releases signed with them."""

from functools import cache
from pathlib import Path
from shutil import copytree

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from host.cutting import new_key
from host.release import Terms, sign_folder


def signing_key(which: str = "current") -> RSAPrivateKey:
    """Return a key of that name."""
    return _make_key(which)


@cache
def _make_key(_which: str) -> RSAPrivateKey:
    """Make a key once: it takes a while."""
    return new_key()


def resign(built: Path, out: Path, version: int, **changes: str) -> Path:
    """Copy what was built, write other sources in place of its modules, and sign."""
    copytree(built, out)
    for name, source in changes.items():
        (out / "binnode" / f"{name}.mpy").unlink()
        (out / "binnode" / f"{name}.py").write_text(source, "utf-8")
    sign_folder(out, Terms(version=version), signing_key(), [])
    return out


def put_into_slot(release: Path, bin_dir: Path, slot: str = "a") -> None:
    """Write a release onto a device as if it had been flashed."""
    copytree(release, bin_dir / slot, dirs_exist_ok=True)
    (bin_dir / slot / "main.py").unlink()
