"""`ullage device set` and `show`: what a device goes by."""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo
from getpass import getuser

from backend.cli.errors import CommandError, connect, zone_of
from backend.inbox.wishes import WishError, ask
from backend.settings import read_settings
from backend.store.device_settings import DeviceSettings, load_device_settings

PAIR = re.compile(r"([a-z][a-z0-9_]*)=(.*)")
WHOLE_NUMBER = re.compile(r"-?\d{1,9}")
WORDS = {"true": True, "false": False}
DESCRIPTION = """NAME=VALUE, such as measure_every_s=600; without a VALUE it is as the
device was provisioned again. Which names there are is in firmware/README.md: the device
checks them and says what it refuses (`ullage device show`)."""


def register(
    things: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the commands."""
    wish = things.add_parser(
        "set", help="ask for other settings", description=DESCRIPTION
    )
    wish.add_argument("name", metavar="DEVICE")
    wish.add_argument("settings", type=_pair, nargs="+", metavar="NAME=VALUE")
    wish.set_defaults(run=run_set)
    show = things.add_parser("show", help="what is desired, and what it goes by")
    show.add_argument("name", metavar="DEVICE")
    show.set_defaults(run=run_show)


def run_set(arguments: argparse.Namespace) -> int:
    """Ask a device for settings."""
    with connect(read_settings(os.environ).database) as conn:
        try:
            found = ask(
                conn,
                arguments.name,
                dict(arguments.settings),
                changed_by=getuser(),
                is_whole=False,
            )
        except WishError as error:
            raise CommandError(str(error)) from error
    if found is None:
        raise _unknown(arguments.name)
    sys.stdout.write(
        f"{found.device} is asked for revision {found.revision}: it takes it over when "
        "it reports next, and answers with the report after\n"
    )
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Show what is desired of a device, what it goes by, since when."""
    with connect(read_settings(os.environ).database) as conn:
        found, zone = load_device_settings(conn, arguments.name), zone_of(conn)
    if found is None:
        raise _unknown(arguments.name)
    sys.stdout.writelines(f"{line}\n" for line in _describe(found, zone))
    return 0


def _describe(found: DeviceSettings, zone: tzinfo) -> Iterator[str]:
    if found.desired_at is None:
        yield "desired: nothing"
    else:
        yield f"desired: revision {found.revision}, {_when(found.desired_at, zone)}"
        yield from (f"  {name}={value}" for name, value in found.desired.items())
    if found.reported_at is None:
        yield "reported: nothing yet"
        return
    is_late = found.reported_revision != found.revision
    yield (
        f"reported: revision {found.reported_revision}, firmware {found.firmware}, "
        f"board {found.board}, {_when(found.reported_at, zone)}"
        + ("; not yet what is desired" if is_late else "")
    )
    for name, value in (found.reported or {}).items():
        yield f"  {name}={value}"
    for name, reason in (found.refused or {}).items():
        yield f"  {name} refused: {reason}"


def _when(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _pair(text: str) -> tuple[str, bool | int | str | None]:
    match = PAIR.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text}: such as measure_every_s=600")
    name, value = match[1], match[2]
    if not value:
        return name, None
    if WHOLE_NUMBER.fullmatch(value):
        return name, int(value)
    return name, WORDS.get(value, value)


def _unknown(name: str) -> CommandError:
    return CommandError(f"there is no device {name}: `ullage device list` has them")
