"""`ullage device flash`: MicroPython, a version of the firmware, and who the bin is."""

import argparse
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

from backend.cli.errors import CommandError, connect
from backend.firmware.chip import IMAGE_AT, flash_command, read_partitions
from backend.firmware.errors import FirmwareError
from backend.firmware.images import make_file_system, make_identity
from backend.firmware.release import Release, read_release
from backend.settings import read_settings
from backend.store.firmware import load_release, load_releases

DESCRIPTION = """Writes the chip anew: MicroPython's own image, the file system with a
version in its first slot, and in NVS what the device is. CONFIG is its config.json
(firmware/README.md); the device's name is put in. Needs the extra `device`."""


def register(
    things: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the command."""
    flash = things.add_parser("flash", help="put it on a chip", description=DESCRIPTION)
    flash.add_argument("name", metavar="NAME")
    flash.add_argument("--port", required=True, metavar="PORT", help="/dev/ttyUSB0")
    flash.add_argument("--micropython", type=Path, required=True, metavar="FILE")
    flash.add_argument("--config", type=Path, required=True, metavar="FILE")
    flash.add_argument(
        "--release", type=Path, metavar="DIR", help="not a published one"
    )
    flash.add_argument("--version", type=int, metavar="N", help="instead of the newest")
    flash.add_argument("--board", default="esp32", choices=sorted(IMAGE_AT))
    flash.add_argument("--revision", type=int, default=1, metavar="N")
    flash.add_argument("--out", type=Path, default=Path("flash"), metavar="DIR")
    flash.add_argument(
        "--dry-run", action="store_true", help="only make the files, and say the rest"
    )
    flash.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the images of one device and write them to it."""
    try:
        release = _choose(arguments)
        command = _prepare(arguments, release)
    except FirmwareError as error:
        raise CommandError(str(error)) from error
    if arguments.dry_run:
        sys.stdout.write(f"{shlex.join(command)}\n")
        return 0
    status = subprocess.run(command, check=False).returncode
    if status:
        raise CommandError(
            f"esptool ended with status {status}: is the chip on {arguments.port}, "
            "in its boot loader, and nobody else reading there?"
        )
    sys.stdout.write(f"{arguments.name} has version {release.version}\n")
    return 0


def _choose(arguments: argparse.Namespace) -> Release:
    if arguments.release is not None:
        release = read_release(arguments.release)
    else:
        release = _load(arguments.version, arguments.board)
    if release.board != arguments.board:
        raise FirmwareError(
            f"the release is for {release.board}, not {arguments.board}"
        )
    if not release.first_revision <= arguments.revision <= release.last_revision:
        raise FirmwareError(f"the release is not for revision {arguments.revision}")
    return release


def _load(version: int | None, board: str) -> Release:
    with connect(read_settings(os.environ).database) as conn:
        if version is None:
            usable = [
                each.version
                for each in load_releases(conn)
                if each.board == board and each.stop_reason is None
            ]
            version = max(usable, default=0)
        release = load_release(conn, version, board=board)
    if release is None:
        raise CommandError(
            f"there is no such version for {board}: `ullage firmware publish DIR`"
        )
    return release


def _prepare(arguments: argparse.Namespace, release: Release) -> list[str]:
    micropython: Path = arguments.micropython
    try:
        partitions = read_partitions(micropython.read_bytes(), board=release.board)
        config = _read_config(arguments.config, arguments.name)
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be read: {error}") from error
    folder: Path = arguments.out / arguments.name
    folder.mkdir(parents=True, exist_ok=True)
    disk, nvs = partitions["vfs"], partitions["nvs"]
    files = {IMAGE_AT[release.board]: micropython}
    files[disk.at] = folder / "vfs.bin"
    files[disk.at].write_bytes(make_file_system(release, config, size=disk.size))
    files[nvs.at] = folder / "nvs.bin"
    files[nvs.at].write_bytes(
        make_identity(release, revision=arguments.revision, size=nvs.size)
    )
    return flash_command(release.board, arguments.port, files)


def _read_config(path: Path, name: str) -> bytes:
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise CommandError(f"{path}: an object with named fields is wanted")
    return json.dumps(content | {"device": name}, indent=1).encode()
