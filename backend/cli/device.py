"""`ullage device`: sensors, of whatever make, and the bins they are on."""

import argparse
import os
import re
import subprocess
import sys
from datetime import tzinfo

from backend.cli import device_flash, device_settings
from backend.cli.errors import CommandError, connect, zone_of
from backend.inbox.addressing import NAME
from backend.settings import read_settings
from backend.store.devices import (
    Device,
    Mounted,
    add_device,
    load_devices,
    look_at_place,
    remove_device,
)
from backend.store.rejected import find_rejected

DURATION = re.compile(r"(\d+)(s|min|h|d)")
UNIT_S = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
DESCRIPTION = """NAME is what the device is called on the wire; of a LoRaWAN device it
is the DevEUI. KIND says who decodes it (`ullage device kinds`); devices that speak the
project's own formats may be of any other kind."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("device", help="sensors and the bins they are on")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    add = things.add_parser(
        "add", help="mount one, or say anew what it is", description=DESCRIPTION
    )
    add.add_argument("name", type=_name, metavar="NAME")
    add.add_argument("--kind", required=True)
    add.add_argument("--slot", required=True, metavar="CODE", help="printed on the bin")
    add.add_argument(
        "--report-every", type=_seconds, default="1h", metavar="TIME", help="such as 4h"
    )
    add.set_defaults(run=run_add)
    listed = things.add_parser("list", help="all of them")
    listed.set_defaults(run=run_list)
    remove = things.add_parser("remove", help="take one off its bin")
    remove.add_argument("name", type=_name, metavar="NAME")
    remove.set_defaults(run=run_remove)
    kinds = things.add_parser("kinds", help="the makes that the gateway decodes")
    kinds.set_defaults(run=run_kinds)
    device_flash.register(things)
    device_settings.register(things)


def run_add(arguments: argparse.Namespace) -> int:
    """Mount a device on a bin."""
    name, slot = arguments.name, arguments.slot
    with connect(read_settings(os.environ).database) as conn:
        place = look_at_place(conn, device=name, slot=slot)
        if place.slot_id is None:
            raise CommandError(
                f"there is no bin {slot}: `ullage import bins` adds some"
            )
        if place.device_on_slot != name:
            _need_room(name, slot, place)
        add_device(
            conn,
            name,
            kind=arguments.kind,
            slot_id=place.slot_id,
            report_every_s=arguments.report_every,
        )
        stranger = f"unknown device {name}"
        waiting = len(find_rejected(conn, stranger))
    sys.stdout.write(f"{name} ({arguments.kind}) is on bin {slot}\n")
    if waiting:
        sys.stdout.write(
            f"{waiting} messages of it came before: "
            f"`ullage rejected replay --reason '{stranger}'` stores them\n"
        )
    return 0


def run_list(_arguments: argparse.Namespace) -> int:
    """List the devices."""
    with connect(read_settings(os.environ).database) as conn:
        devices, zone = load_devices(conn), zone_of(conn)
    for each in devices:
        sys.stdout.write(f"{_describe(each, zone)}\n")
    if not devices:
        sys.stdout.write("there is no device yet: `ullage device add`\n")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Take a device off its bin; its readings stay the bin's."""
    with connect(read_settings(os.environ).database) as conn:
        if not remove_device(conn, arguments.name):
            raise CommandError(
                f"{arguments.name} is on no bin: `ullage device list` has those that "
                "are"
            )
    sys.stdout.write(f"{arguments.name} is off its bin; what it measured stays there\n")
    return 0


def run_kinds(_arguments: argparse.Namespace) -> int:
    """List the kinds that the gateway installed here decodes."""
    command = [sys.executable, "-m", "gateway", "kinds"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.returncode:
        raise CommandError(
            "the gateway on this machine does not answer: install the extra gateway, "
            "or ask where it runs, `python -m gateway kinds`"
        )
    sys.stdout.write(asked.stdout)
    return 0


def _need_room(name: str, slot: str, place: Mounted) -> None:
    for device, where in ((name, place.slot_of_device), (place.device_on_slot, slot)):
        if device is not None and where is not None:
            raise CommandError(
                f"{device} is on bin {where}: `ullage device remove {device}` first"
            )


def _describe(device: Device, zone: tzinfo) -> str:
    where = f"bin {device.slot}" if device.slot else "on no bin"
    heard = "never heard"
    if device.heard_at is not None:
        heard = f"heard {device.heard_at.astimezone(zone):%Y-%m-%d %H:%M}"
    every = f"every {device.report_every_s // UNIT_S['min']} min"
    return "; ".join((f"{device.device} ({device.kind})", where, every, heard))


def _name(text: str) -> str:
    """Take a name; a DevEUI may be written as on its label."""
    name = text.lower()
    if NAME.fullmatch(name) is None:
        raise argparse.ArgumentTypeError(f"{text}: 1 to 32 of a-z 0-9 - _")
    return name


def _seconds(text: str) -> int:
    match = DURATION.fullmatch(text)
    if match is None or not int(match[1]):
        raise argparse.ArgumentTypeError(f"{text}: such as 30min, 4h or 1d")
    return int(match[1]) * UNIT_S[match[2]]
