"""`ullage closure`: streets that are shut, or open only to smaller vehicles."""

import argparse
import os
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.cli.errors import CommandError, connect, need_organisation
from backend.closures import ClosureError, MeaninglessClosureError, Stretch
from backend.closures.on_map import locate_new
from backend.settings import Settings, read_settings
from backend.store.overview import Organisation
from backend.store.streets import (
    SIZES,
    NewClosure,
    RoadClosure,
    add_closure,
    end_closure,
    load_closures_to_come,
)

DESCRIPTION = """Plans made from now on keep to it; nothing is built anew. A street is
named by its OSM way (all of it) or by a point (the stretch between two junctions that
lies nearest). With a limit it stays open to vehicles within it."""
NAMELESS = "a street without a name"
UNITS = {name: name.rpartition("_")[2] for name in SIZES}
# What a field is called on the command line.
FLAGS = {name: f"--max-{name.rpartition('_')[0]}" for name in SIZES} | {
    "reason": "--reason",
    "from_at": "--from",
    "to_at": "--until",
}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("closure", help="shut streets, and open them again")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    add = things.add_parser("add", help="shut a street", description=DESCRIPTION)
    where = add.add_mutually_exclusive_group(required=True)
    where.add_argument("--way", type=int, metavar="ID", help="OSM way")
    where.add_argument("--at", type=_point, metavar="LAT,LON", help="nearest stretch")
    for name in SIZES:
        add.add_argument(FLAGS[name], type=float, dest=name, metavar=UNITS[name])
    add.add_argument("--reason", default="", help="for those who ask why")
    add.add_argument("--from", type=_time, dest="from_at", metavar="TIME", help="ISO")
    add.add_argument("--until", type=_time, dest="to_at", metavar="TIME", help="ISO")
    add.set_defaults(run=run_add)
    listed = things.add_parser("list", help="what is shut, or will be")
    listed.set_defaults(run=run_list)
    remove = things.add_parser("remove", help="open a street again")
    remove.add_argument("closure_id", type=int, metavar="NUMBER")
    remove.set_defaults(run=run_remove)


def run_add(arguments: argparse.Namespace) -> int:
    """Shut a street."""
    settings = read_settings(os.environ)
    with connect(settings.database) as conn:
        organisation = need_organisation(conn)
        closure = _closure(arguments, ZoneInfo(organisation.time_zone))
        stretch = _locate(closure, organisation, settings)
        number = add_closure(conn, organisation.organisation_id, closure)
    street = f"{stretch.street or NAMELESS} (way {stretch.way})"
    sys.stdout.write(f"closure {number}: {street}. Plan again for it to count\n")
    return 0


def run_list(_arguments: argparse.Namespace) -> int:
    """List what is shut from now on."""
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        closures = load_closures_to_come(conn, organisation)
    zone = ZoneInfo(organisation.time_zone)
    for each in closures:
        sys.stdout.write(f"{each.closure_id:>4}  {_describe(each, zone)}\n")
    if not closures:
        sys.stdout.write("no street is shut\n")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Open a street again."""
    number: int = arguments.closure_id
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        if not end_closure(conn, organisation.organisation_id, number):
            raise CommandError(
                f"there is no closure {number} in force; "
                "`ullage closure list` has those that are"
            )
    sys.stdout.write(f"closure {number} is over. Plan again for it to count\n")
    return 0


def _closure(arguments: argparse.Namespace, zone: ZoneInfo) -> NewClosure:
    lat_deg, lon_deg = arguments.at or (None, None)
    return NewClosure(
        way=arguments.way,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        reason=arguments.reason,
        from_at=_zoned(arguments.from_at, zone),
        to_at=_zoned(arguments.to_at, zone),
        **{name: getattr(arguments, name) for name in SIZES},
    )


def _locate(
    closure: NewClosure, organisation: Organisation, settings: Settings
) -> Stretch:
    try:
        return locate_new(closure, organisation, settings.cities)
    except MeaninglessClosureError as error:
        raise CommandError(error.tell(FLAGS)) from error
    except ClosureError as error:
        raise CommandError(str(error)) from error


def _describe(closure: RoadClosure, zone: ZoneInfo) -> str:
    where = f"way {closure.way}"
    if closure.way is None:
        where = f"at {closure.lat_deg}, {closure.lon_deg}"
    limits = [
        f"{name.rpartition('_')[0]} up to {size:g} {UNITS[name]}"
        for name in SIZES
        if (size := getattr(closure, name)) is not None
    ]
    until = "further notice" if closure.to_at is None else _local(closure.to_at, zone)
    begins = "" if closure.from_at is None else _local(closure.from_at, zone)
    said = [where, ", ".join(limits) or "closed", f"{begins} until {until}"]
    return "; ".join(each for each in (*said, closure.reason) if each)


def _local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _zoned(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Take a time without a zone for a local one."""
    if at is None or at.tzinfo is not None:
        return at
    return at.replace(tzinfo=zone)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: such as 2026-11-27T18:00") from None


def _point(text: str) -> tuple[float, float]:
    wanted = argparse.ArgumentTypeError(f"{text}: LAT,LON in degrees are wanted")
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise wanted from None
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004
        raise wanted
    return lat, lon
