"""`ullage device flash` as a person meets it, as far as one can without a chip."""

import json
import shlex
import struct
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from host.wake import MICROPYTHON

from backend.firmware import read_release
from backend.firmware.chip import (
    ENTRY,
    IMAGE_AT,
    MAGIC,
    TABLE_AT,
    read_partitions,
)
from tests.services.commands import Ullage
from tests.services.releases import offline

EPOCH_2000_S = 946_684_800
VFS_AT, VFS_BYTES = 0x200000, 0x200000
MOUNT = """
import os, vfs
class Disk:
    def __init__(self):
        with open("vfs.bin", "rb") as file:
            self.image = file.read()
    def readblocks(self, number, buffer, offset=0):
        at = number * 4096 + offset
        buffer[:] = self.image[at : at + len(buffer)]
    def ioctl(self, operation, argument):
        return {4: len(self.image) // 4096, 5: 4096}.get(operation, 0)
vfs.mount(vfs.VfsLfs2(Disk()), "/f")
def show(folder):
    for name, kind, *_ in os.ilistdir(folder):
        path = folder + "/" + name
        if kind == 0x4000:
            show(path)
        else:
            with open(path, "rb") as file:
                print(path[3:], file.read().hex())
show("/f")
"""


@pytest.fixture
def micropython(tmp_path: Path) -> Path:
    """What of MicroPython's image for an ESP32 is looked at: its partition table."""
    rows = [
        ("nvs", 1, 2, 0x9000, 0x6000),
        ("phy_init", 1, 1, 0xF000, 0x1000),
        ("factory", 0, 0, 0x10000, 0x1F0000),
        ("vfs", 1, 0x81, VFS_AT, VFS_BYTES),
    ]
    table = b"".join(
        ENTRY.pack(MAGIC, kind, subtype, at, size, name.encode(), 0)
        for name, kind, subtype, at, size in rows
    )
    path = tmp_path / "micropython.bin"
    head = (b"\xe9" * (TABLE_AT - 0x1000) + table).ljust(0xF000 - 0x1000, b"\xff")
    path.write_bytes(head + b"application" * 1000)
    return path


@pytest.fixture
def flash(micropython, tmp_path) -> Ullage:
    def run(*words: object, ullage: Ullage = offline, is_dry_run: bool = True) -> Any:
        config = tmp_path / "config.json"
        config.write_text(json.dumps({"networks": {"depot": ""}, "broker_host": "b"}))
        named = ["--micropython", micropython, "--config", config, "--out", tmp_path]
        port = ["--port", "/dev/ttyUSB0", "--dry-run"]
        if not is_dry_run:
            port = ["--port", "/dev/no-such-port"]
        return ullage("device", "flash", "bin-7", *named, *port, *words)

    return run


def test_flashing_writes_python_who_it_is_and_the_version(
    flash, ullage, release, micropython, tmp_path
):
    folder = tmp_path / "bin-7"
    ullage("firmware", "publish", release)
    words = shlex.split(flash(ullage=ullage).stdout)

    assert words[1:8] == [
        *("-m", "esptool", "--chip", "esp32", "--port", "/dev/ttyUSB0"),
        "write-flash",
    ]
    assert words[8:] == [
        *("0x1000", str(folder / "micropython-1000.bin")),
        *("0x9000", str(folder / "nvs.bin")),
        *("0xf000", str(folder / "micropython-f000.bin")),
        *("0x200000", str(folder / "vfs.bin")),
    ]
    sizes = [(folder / Path(each).name).stat().st_size for each in words[9::2]]
    assert sizes == [0x8000, 0x6000, 11_000, VFS_BYTES]
    whole = micropython.read_bytes()
    assert (folder / "micropython-1000.bin").read_bytes() == whole[:0x8000]
    assert (folder / "micropython-f000.bin").read_bytes() == whole[0xE000:]


def mounted(folder: Path) -> dict[str, bytes]:
    """Have MicroPython mount an image and read all of it."""
    listed = subprocess.run(
        [MICROPYTHON, "-X", "heapsize=16M", "-c", MOUNT],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pairs = [line.split(" ") for line in listed.splitlines()]
    return {name: bytes.fromhex(content) for name, content in pairs}


def test_micropython_mounts_the_file_system_and_finds_everything(
    flash, release, tmp_path
):
    assert flash("--release", release).returncode == 0

    found = mounted(tmp_path / "bin-7")
    config = json.loads(found.pop("config.json"))
    assert config == {"networks": {"depot": ""}, "broker_host": "b", "device": "bin-7"}
    assert found.pop("slot") == b"a"
    assert found.pop("main.py") == (release / "main.py").read_bytes()
    assert found == {
        f"a/{name}": content for name, content in read_release(release).files()
    }
    assert (tmp_path / "bin-7" / "vfs.bin").stat().st_size == VFS_BYTES


def test_a_bin_with_tls_gets_its_certificate_and_the_ca(release, micropython, tmp_path):
    config, folder = tmp_path / "config.json", tmp_path / "certificates"
    config.write_text('{"tls": true}')
    words = ["device", "flash", "bin-7", "--port", "x", "--dry-run", "--config", config]
    words += ["--micropython", micropython, "--release", release, "--out", tmp_path]

    assert "say --certificates DIR" in offline(*words).stderr
    folder.mkdir()
    said = offline(*words, "--certificates", folder)
    assert (said.returncode, "ca.der cannot be read" in said.stderr) == (2, True)
    for name in ("ca", "bin-7", "bin-7_key", "bin-8", "bin-8_key"):
        (folder / f"{name}.der").write_text(name)
    assert offline(*words, "--certificates", folder).returncode == 0

    found = mounted(tmp_path / "bin-7")
    names = [name for name in found if name.endswith(".der")]
    assert {name: found[name].decode() for name in names} == {
        "ca.der": "ca",
        "client.der": "bin-7",
        "client_key.der": "bin-7_key",
    }


def test_nvs_holds_board_revision_version_and_date(flash, release, tmp_path):
    flash("--release", release)

    found = read_nvs((tmp_path / "bin-7" / "nvs.bin").read_bytes())
    date_s = found.pop("date_s")
    assert isinstance(date_s, int)
    assert abs(date_s + EPOCH_2000_S - time.time()) < 60
    assert found == {
        "ullage": 1,  # the number of the namespace
        "board": b"esp32",
        "revision": 1,
        "version": 2,
        "binnode": 2,
    }


def read_nvs(image: bytes) -> dict[str, object]:
    """Read the first page: ESP-IDF, NVS, structure of a page and of an entry."""
    found: dict[str, object] = {}
    at = 64
    while at < 4096 and image[at] != 0xFF:
        _, kind, span = image[at : at + 3]
        key = image[at + 8 : at + 24].rstrip(b"\0").decode()
        if kind == 0x42:  # the data of a blob
            (size,) = struct.unpack_from("<H", image, at + 24)
            found[key] = image[at + 32 : at + 32 + size]
        elif kind in (0x01, 0x14):  # a namespace, or a number of 32 bits
            width = "<B" if kind == 0x01 else "<i"
            (found[key],) = struct.unpack_from(width, image, at + 24)
        at += 32 * span
    return found


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--board", "esp32c3"], "the release is for esp32, not esp32c3"),
        (["--revision", "9"], "the release is not for revision 9"),
    ],
)
def test_a_release_for_another_board_is_not_flashed(flash, release, words, reason):
    said = flash("--release", release, *words)

    assert said.returncode == 2
    assert reason in said.stderr


def test_esptool_understands_the_command_and_misses_the_chip(flash, release, capfd):
    said = flash("--release", release, is_dry_run=False)

    printed = capfd.readouterr()
    assert "/dev/no-such-port" in printed.out + printed.err
    assert "sage" not in printed.out + printed.err
    assert (said.returncode, "esptool ended" in said.stderr) == (2, True)


def test_a_c3_has_its_image_at_the_beginning(micropython):
    image = bytes(0x1000) + micropython.read_bytes()

    assert read_partitions(image, board="esp32c3")["vfs"].at == VFS_AT
    assert IMAGE_AT["esp32c3"] == 0


def test_an_image_without_a_partition_table_is_not_flashed(flash, release, micropython):
    micropython.write_bytes(bytes(100_000))

    assert "the image has no partition nvs" in flash("--release", release).stderr
