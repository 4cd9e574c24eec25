"""`ullage firmware`: versions of the bins' own program, and who is offered which."""

import argparse
import os
import sys
from datetime import tzinfo
from getpass import getuser
from pathlib import Path

from backend.cli.errors import CommandError, connect, zone_of
from backend.firmware import FirmwareError, read_release
from backend.inbox.offering import (
    OfferError,
    UnknownReleaseError,
    choose_devices,
    find_release,
    offer_to,
)
from backend.settings import read_settings
from backend.store.firmware import (
    DeviceUpdate,
    Published,
    Running,
    add_release,
    load_releases,
    load_running,
    load_updates,
)

PERCENT = range(1, 101)
#: what a list of releases shows of its devices
TELLING = {"refused", "rolled_back"}
DESCRIPTION = """Devices fetch it bit by bit, with their reports. A device that goes
back to the version before stops the release: nobody else is offered it."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("firmware", help="versions of the bins' program")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    publish = things.add_parser("publish", help="keep a release, to be offered")
    publish.add_argument("release", type=Path, metavar="DIR|ZIP")
    publish.set_defaults(run=run_publish)
    offered = things.add_parser("offer", help="to devices", description=DESCRIPTION)
    offered.add_argument("version", type=int, metavar="VERSION")
    offered.add_argument("devices", nargs="*", metavar="DEVICE")
    offered.add_argument("--all", action="store_true", help="all of the board's kind")
    offered.add_argument("--percent", type=_percent, default=100, metavar="N")
    offered.add_argument("--board", default="esp32", metavar="NAME")
    offered.set_defaults(run=run_offer)
    listed = things.add_parser("list", help="releases, and what became of them")
    listed.add_argument("--devices", action="store_true", help="each of them")
    listed.set_defaults(run=run_list)


def run_publish(arguments: argparse.Namespace) -> int:
    """Keep a release."""
    try:
        release = read_release(arguments.release)
    except FirmwareError as error:
        raise CommandError(str(error)) from error
    named = f"version {release.version} for {release.board}"
    with connect(read_settings(os.environ).database) as conn:
        if not add_release(conn, release):
            raise CommandError(f"{named} is there already: give it a higher number")
    sys.stdout.write(
        f"{named}: {len(release.image):,} bytes, signed by {release.key_id}. "
        f"`ullage firmware offer {release.version} --all --percent 5` offers it\n"
    )
    return 0


def run_offer(arguments: argparse.Namespace) -> int:
    """Offer a release to some devices."""
    if bool(arguments.devices) == arguments.all:
        raise CommandError("name the devices, or say --all")
    version, board = arguments.version, arguments.board
    with connect(read_settings(os.environ).database) as conn:
        try:
            release = find_release(conn, version, board=board)
            names = choose_devices(
                conn, board, percent=arguments.percent, names=arguments.devices
            )
        except UnknownReleaseError as error:
            raise CommandError(f"{error}: `ullage firmware list`") from error
        except OfferError as error:
            raise CommandError(str(error)) from error
        done = offer_to(conn, release, names, by=getuser())
    sys.stdout.write(
        f"version {version} is offered to {done.offered} devices"
        + (f"; {done.already} have it, or are at it\n" if done.already else "\n")
    )
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """List releases; of devices those that did not take one, or all."""
    with connect(read_settings(os.environ).database) as conn:
        releases, updates, zone = load_releases(conn), load_updates(conn), zone_of(conn)
        running = load_running(conn)
    for release in releases:
        sys.stdout.write(f"{_describe(release, zone)}\n")
        for each in updates:
            is_of_it = (each.version, each.board) == (release.version, release.board)
            if is_of_it and (arguments.devices or each.state in TELLING):
                sys.stdout.write(f"  {_describe_update(each, zone)}\n")
    if not releases:
        sys.stdout.write("there is no release yet: `ullage firmware publish DIR`\n")
    sys.stdout.writelines(f"{_describe_running(each)}\n" for each in running)
    return 0


def _describe(release: Published, zone: tzinfo) -> str:
    published_at = release.published_at.astimezone(zone)
    states = ", ".join(
        f"{count} {state.replace('_', ' ')}"
        for state, count in sorted(release.states.items())
    )
    stopped = release.stop_reason and f"stopped: {release.stop_reason}"
    head = f"version {release.version} ({release.board}), {published_at:%Y-%m-%d %H:%M}"
    return "; ".join(filter(None, [head, states or "not offered", stopped]))


def _describe_running(running: Running) -> str:
    """Version 0 was copied onto the device by hand."""
    version = {None: "a version not known yet", 0: "what was copied by hand"}.get(
        running.version, f"version {running.version}"
    )
    return f"{running.device_count} of {running.board} run {version}"


def _describe_update(update: DeviceUpdate, zone: tzinfo) -> str:
    state = update.state.replace("_", " ")
    if update.state == "downloading":
        state += f", {update.sent_bytes * 100 // update.image_bytes} %"
    reason = f": {update.reason}" if update.reason else ""
    changed_at = update.changed_at.astimezone(zone)
    return f"{update.device} {state}{reason} ({changed_at:%Y-%m-%d %H:%M})"


def _percent(text: str) -> int:
    if not text.isdecimal() or int(text) not in PERCENT:
        raise argparse.ArgumentTypeError(f"{text}: 1 to 100")
    return int(text)
