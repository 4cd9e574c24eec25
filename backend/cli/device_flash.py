"""`ullage device flash`: MicroPython, a version of the firmware, and who the bin is."""

import argparse
import json
import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from backend.cli.errors import CommandError, connect
from backend.firmware.chip import IMAGE_AT, cut_out, flash_command, read_partitions
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
        "--certificates", type=Path, metavar="DIR", help="as deploy/certificate made"
    )
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
    try:
        micropython = arguments.micropython.read_bytes()
        partitions = read_partitions(micropython, board=release.board)
        own = _read_own(arguments.config, arguments.certificates, arguments.name)
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be read: {error}") from error
    disk, nvs = partitions["vfs"], partitions["nvs"]
    contents = {
        f"micropython-{at:x}.bin": (at, part)
        for at, part in cut_out(
            micropython, at=IMAGE_AT[release.board], hole=nvs
        ).items()
    }
    contents["nvs.bin"] = (
        nvs.at,
        make_identity(
            release,
            revision=arguments.revision,
            size=nvs.size,
            now=datetime.now(UTC),
        ),
    )
    contents["vfs.bin"] = (
        disk.at,
        make_file_system(release, own, size=disk.size),
    )
    files = _write(arguments.out / arguments.name, contents)
    return flash_command(release.board, arguments.port, files)


def _write(folder: Path, contents: dict[str, tuple[int, bytes]]) -> dict[int, Path]:
    """Write files, and say where in flash each belongs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_, content) in contents.items():
        (folder / name).write_bytes(content)
    return {at: folder / name for name, (at, _) in contents.items()}


def _read_own(path: Path, certificates: Path | None, name: str) -> dict[str, bytes]:
    """Read what only this device has: its configuration, and its certificate."""
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise CommandError(f"{path}: an object with named fields is wanted")
    if content.get("tls") and certificates is None:
        raise CommandError(f"{path} wants TLS: say --certificates DIR, with ca.der")
    own = {"config.json": json.dumps(content | {"device": name}, indent=1).encode()}
    if certificates is not None:
        own["ca.der"] = (certificates / "ca.der").read_bytes()
        for theirs, ours in (("", "client.der"), ("_key", "client_key.der")):
            source = certificates / f"{name}{theirs}.der"
            if source.exists():
                own[ours] = source.read_bytes()
    return own
