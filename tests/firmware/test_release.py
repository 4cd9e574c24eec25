"""The command that builds and signs, with keys as `openssl` makes them."""

import os
import re
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from host.signing import KeyFileError, id_of, load_private, load_public, modulus_of
from host.wake import FIRMWARE

from backend.firmware import read_release
from tests.firmware.signed import signing_key

PASSPHRASE = "for this test only"
SCRIPT = FIRMWARE / "host" / "release.py"


def write_private(path, key, passphrase=PASSPHRASE):
    path.write_bytes(
        key.private_bytes(
            pem.Encoding.PEM,
            pem.PrivateFormat.TraditionalOpenSSL,
            pem.BestAvailableEncryption(passphrase.encode()),
        )
    )
    return path


def write_public(path, key):
    path.write_bytes(
        key.public_key().public_bytes(
            pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return path


@pytest.fixture
def current(tmp_path):
    return write_private(tmp_path / "current.pem", signing_key())


@pytest.fixture
def following(tmp_path):
    return write_public(tmp_path / "next.pub", signing_key("next"))


def make(out, *words, passphrase=PASSPHRASE):
    return subprocess.run(
        [sys.executable, SCRIPT, out, *map(str, words)],
        env=os.environ | {"ULLAGE_KEY_PASSPHRASE": passphrase},
        capture_output=True,
        text=True,
        check=False,
    )


EVERY = ("--transport", "wifi", "espnow", "lte")


def test_a_release_is_the_whole_application_and_trusts_both_keys(
    tmp_path, current, following
):
    out = tmp_path / "release"
    words = ("--version", 7, "--sign", current, "--trust", following)
    done = make(out, *words, "--revisions", 1, 3, "--battery-mv", 3600, *EVERY)

    assert done.returncode == 0, done.stderr
    release = read_release(out)
    keys = [signing_key(name).public_key() for name in ("current", "next")]
    files = dict(release.files())
    assert (release.version, release.board, release.battery_mv) == (7, "esp32", 3600)
    assert (release.first_revision, release.last_revision) == (1, 3)
    assert release.key_id == id_of(keys[0])
    assert files["keys"] == b"".join(map(modulus_of, keys))
    assert release.loader == (FIRMWARE / "main.py").read_bytes()
    built = {each.stem for each in (out / "binnode").rglob("*.mpy")}
    assert built == {each.stem for each in (FIRMWARE / "binnode").rglob("*.py")}
    assert len(files) == 2 + len(list((FIRMWARE / "binnode").rglob("*.py")))


def test_a_key_that_cannot_be_used_says_why(tmp_path, current):
    short = write_private(tmp_path / "short.pem", generate_private_key(65537, 2048))

    for path, passphrase, reason in (
        (current, "wrong", "current.pem: "),
        (current, None, "current.pem: "),
        (tmp_path / "none.pem", None, "none.pem: "),
        (short, PASSPHRASE, "RSA of 3072 bits"),
    ):
        with pytest.raises(KeyFileError, match=re.escape(reason)):
            load_private(path, passphrase)
    with pytest.raises(KeyFileError, match=r"current\.pem: "):
        load_public(current)
    done = make(tmp_path / "x", "--version", 7, "--sign", current, passphrase="wrong")
    assert (done.returncode, "current.pem" in done.stderr) == (1, True)
    assert not (tmp_path / "x").exists()
