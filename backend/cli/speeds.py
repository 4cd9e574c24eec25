"""`ullage speeds`: how fast traffic is, by class of road and hour."""

import argparse
import os
import sys

from backend.cli.errors import CommandError, connect, need_organisation
from backend.settings import Settings, read_settings
from backend.store.overview import Organisation
from backend.store.streets import RoadSpeed, load_speeds, set_speed
from backend.streets import find_road_map, learn_speeds
from routing.roads import ROAD_CLASSES, RoadMap, UnusableExtractError

S_PER_H = 3600
HOURS = 24
DESCRIPTION = """A factor of 0.5 is half as fast as without traffic. Plans take the mean
of the hours of their shifts. The worker learns factors from drivers' taps every
morning; one that is set by hand stays."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("speeds", help="how fast traffic is, hour by hour")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    listed = things.add_parser("list", help="what is known")
    listed.set_defaults(run=run_list)
    learn = things.add_parser("learn", help="learn from drivers' taps now")
    learn.set_defaults(run=run_learn)
    change = things.add_parser("set", help="say it", description=DESCRIPTION)
    change.add_argument("road_class", choices=ROAD_CLASSES, metavar="CLASS")
    change.add_argument("hours", type=_hours, metavar="HOURS", help="such as 7-9")
    change.add_argument("factor", type=float, metavar="FACTOR")
    change.set_defaults(run=run_set)


def run_list(_arguments: argparse.Namespace) -> int:
    """List the factors."""
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        _write(load_speeds(conn, organisation.organisation_id))
    return 0


def run_learn(_arguments: argparse.Namespace) -> int:
    """Learn from the last weeks."""
    settings = read_settings(os.environ)
    with connect(settings.database) as conn:
        organisation = need_organisation(conn)
        learn_speeds(conn, organisation, _road_map(settings, organisation))
        _write(load_speeds(conn, organisation.organisation_id))
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    """Set the factor of a class in some hours."""
    if not 0 < arguments.factor < float("inf"):
        raise CommandError(f"a factor of {arguments.factor:g} means nothing: above 0")
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        for hour in arguments.hours:
            speed = RoadSpeed(
                road_class=arguments.road_class,
                hour=hour,
                factor=arguments.factor,
                driven_s=0.0,
                is_set=True,
            )
            set_speed(conn, organisation.organisation_id, speed)
    hours = len(arguments.hours)
    sys.stdout.write(f"{arguments.road_class}: {hours} h at {arguments.factor:g}\n")
    return 0


def _road_map(settings: Settings, organisation: Organisation) -> RoadMap:
    try:
        roads = find_road_map(settings.cities, organisation.city)
    except UnusableExtractError as error:
        raise CommandError(str(error)) from error
    if roads is None:
        raise CommandError("there is no street map: `ullage city add FILE`")
    return roads


def _write(speeds: list[RoadSpeed]) -> None:
    for each in speeds:
        source = (
            "set" if each.is_set else f"from {each.driven_s / S_PER_H:.1f} h driven"
        )
        sys.stdout.write(
            f"{each.road_class:16} {each.hour:02}:00  {each.factor:.2f}  {source}\n"
        )
    if not speeds:
        sys.stdout.write("nothing is known yet: streets are as without traffic\n")


def _hours(text: str) -> list[int]:
    first, _, last = text.partition("-")
    begin, end = int(first), int(last) if last else int(first) + 1
    if not 0 <= begin < end <= HOURS:
        raise argparse.ArgumentTypeError(f"{text}: hours such as 7 or 7-9 are wanted")
    return list(range(begin, end))
