"""`ullage closure`: streets that are shut, or open only to smaller vehicles."""

import argparse
import os
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.cli.errors import CommandError, connect
from backend.settings import Settings, read_settings
from backend.store.overview import Organisation, load_organisation
from backend.store.streets import (
    NewClosure,
    RoadClosure,
    add_closure,
    end_closure,
    load_closures,
)
from backend.streets import find_road_map
from backend.streets.vehicles import SIZES
from routing.roads import Closure, RoadMap, find_shut

DESCRIPTION = """Plans made from now on keep to it; nothing is built anew. A street is
named by its OSM way (all of it) or by a point (the stretch between two junctions that
lies nearest). With a limit it stays open to vehicles within it."""
ANY_TIME = timedelta(days=365_000)
UNITS = {name: name.rpartition("_")[2] for name in SIZES}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("closure", help="shut streets, and open them again")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    add = things.add_parser("add", help="shut a street", description=DESCRIPTION)
    where = add.add_mutually_exclusive_group(required=True)
    where.add_argument("--way", type=int, metavar="ID", help="OSM way")
    where.add_argument("--at", type=_point, metavar="LAT,LON", help="nearest stretch")
    for name in SIZES:
        flag = f"--max-{name.rpartition('_')[0]}"
        add.add_argument(flag, type=float, dest=name, metavar=UNITS[name])
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
        organisation = _organisation(load_organisation(conn))
        closure = _closure(arguments, ZoneInfo(organisation.time_zone))
        street = _name_street(settings, organisation, closure)
        number = add_closure(conn, organisation.organisation_id, closure)
    sys.stdout.write(f"closure {number}: {street}. Plan again for it to count\n")
    return 0


def run_list(_arguments: argparse.Namespace) -> int:
    """List what is shut from now on."""
    with connect(read_settings(os.environ).database) as conn:
        organisation = _organisation(load_organisation(conn))
        closures = load_closures(
            conn,
            organisation.organisation_id,
            begins_at=organisation.now,
            ends_at=organisation.now + ANY_TIME,
        )
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
        organisation = _organisation(load_organisation(conn))
        if not end_closure(conn, organisation.organisation_id, number):
            raise CommandError(
                f"there is no closure {number} in force; "
                "`ullage closure list` has those that are"
            )
    sys.stdout.write(f"closure {number} is over. Plan again for it to count\n")
    return 0


def _organisation(found: Organisation | None) -> Organisation:
    if found is None:
        raise CommandError("nothing was set up yet: run `ullage import bins FILE`")
    return found


def _closure(arguments: argparse.Namespace, zone: ZoneInfo) -> NewClosure:
    sizes = {name: getattr(arguments, name) for name in SIZES}
    for name, size in sizes.items():
        if size is not None and not 0 < size < float("inf"):
            raise CommandError(f"--max-{name.rpartition('_')[0]} must be above 0")
    begins, ends = (_zoned(arguments.from_at, zone), _zoned(arguments.to_at, zone))
    if begins is not None and ends is not None and begins >= ends:
        raise CommandError("--until must be later than --from")
    lat_deg, lon_deg = arguments.at or (None, None)
    return NewClosure(
        way=arguments.way,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        reason=arguments.reason,
        from_at=begins,
        to_at=ends,
        **sizes,
    )


def _name_street(
    settings: Settings, organisation: Organisation, closure: NewClosure
) -> str:
    """Name the street that is meant, and refuse one that is not on the map."""
    roads = find_road_map(settings.cities, organisation.city)
    if roads is None:
        raise CommandError(
            "there is no street map to shut a street of: `ullage city add FILE`"
        )
    at = None
    if closure.lat_deg is not None and closure.lon_deg is not None:
        at = closure.lat_deg, closure.lon_deg
    shut = find_shut(roads, [Closure(way=closure.way, at=at)])
    if not shut:
        where = f"way {closure.way}" if at is None else f"{at[0]}, {at[1]}"
        raise CommandError(f"{where} is no street of {organisation.city}")
    return _street(roads, int(shut[0].edges[0]))


def _street(roads: RoadMap, edge: int) -> str:
    name = roads.name(edge) or "a street without a name"
    return f"{name} (way {int(roads.edges.way[edge])})"


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
