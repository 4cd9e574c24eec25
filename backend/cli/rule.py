"""`ullage rule`: what was promised of collection, when vehicles drive, how sure."""

import argparse
import os
import sys
from datetime import date

import psycopg

from backend.cli.errors import CommandError, connect, need_organisation
from backend.imports.fields import FieldError
from backend.imports.rows import WEEKDAYS, parse_weekdays
from backend.settings import read_settings
from backend.store.collection_rules import (
    CollectionRule,
    DayOff,
    add_day_off,
    load_collection_rules,
    load_service_days,
    load_service_level,
    remove_collection_rule,
    remove_day_off,
    set_collection_rule,
    set_service_level,
    set_weekdays,
)
from backend.store.known_events import (
    KnownEvent,
    add_known_event,
    load_known_events,
    remove_known_event,
)

PERCENT = 100.0
UNSET = "unset"
DESCRIPTION = """hygiene: emptied every --days at the latest, whatever its fill.
contract: the same, or --on weekdays. overflow: an overflow there costs --factor times
what it costs elsewhere. A bin's own rule counts in place of its stream's."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("rule", help="rules of collection, service days")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    things.add_parser("list", help="all of it").set_defaults(run=run_list)
    change = things.add_parser("set", help="one rule", description=DESCRIPTION)
    _name_rule(change)
    value = change.add_mutually_exclusive_group(required=True)
    value.add_argument("--days", type=_above_0, dest="every_days", metavar="N")
    value.add_argument("--on", type=_weekdays, dest="weekdays", metavar="mon,thu")
    value.add_argument("--factor", type=_factor, metavar="X")
    change.set_defaults(run=run_set)
    remove = things.add_parser("remove", help="take one back")
    _name_rule(remove)
    remove.set_defaults(run=run_remove)
    days = things.add_parser("service-days", help="weekdays on which vehicles drive")
    days.add_argument("weekdays", type=_weekdays, metavar="mon-fri")
    days.set_defaults(run=run_service_days)
    off = things.add_parser("day-off", help="a day without service, such as a holiday")
    off.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    what = off.add_mutually_exclusive_group(required=True)
    what.add_argument("--reason")
    what.add_argument("--remove", action="store_true")
    off.set_defaults(run=run_day_off)
    event = things.add_parser(
        "event", help="a day on which more or less comes than usual: a festival"
    )
    event.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    event.add_argument("--factor", type=_factor, metavar="X", help="times the usual")
    event.add_argument("--reason", default="")
    event.add_argument("--remove", action="store_true")
    event.set_defaults(run=run_event)
    level = things.add_parser(
        "service-level",
        help="share of bins that shall have room until they can be emptied next",
    )
    level.add_argument("level", type=_level, metavar="PERCENT", help=f"or {UNSET}")
    level.set_defaults(run=run_service_level)


def run_list(_arguments: argparse.Namespace) -> int:
    """List rules, service days and level."""
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        rules = load_collection_rules(conn, owner)
        service = load_service_days(conn, owner)
        events = load_known_events(conn, owner)
        level = load_service_level(conn, owner)
    said = "not set" if level is None else f"{level * PERCENT:g} %"
    sys.stdout.write(f"service level: {said}\n")
    sys.stdout.write(f"service days: {_name_days(service.weekdays)}\n")
    for off in service.days_off:
        sys.stdout.write(f"day off: {off.day} {off.reason}\n")
    for event in events:
        said = f"event: {event.day}, {event.factor:g} times the usual"
        sys.stdout.write(f"{said} {event.reason}".rstrip() + "\n")
    for each in rules:
        sys.stdout.write(f"{_describe(each)}\n")
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    """Set a rule."""
    rule = CollectionRule(
        kind=arguments.kind,
        stream=arguments.stream,
        code=arguments.code,
        every_days=arguments.every_days,
        weekdays=arguments.weekdays,
        factor=arguments.factor,
    )
    with connect(read_settings(os.environ).database) as conn:
        try:
            is_set = set_collection_rule(
                conn, need_organisation(conn).organisation_id, rule
            )
        except psycopg.errors.ForeignKeyViolation as error:
            raise CommandError(f"there is no stream {rule.stream}") from error
        except psycopg.errors.CheckViolation as error:
            raise CommandError(
                "the rule would not make sense: hygiene takes --days, contract --days "
                "or --on, overflow --factor"
            ) from error
    if not is_set:
        raise CommandError(f"there is no bin {rule.code}")
    sys.stdout.write(f"{_describe(rule)}. Plan again for it to count\n")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Take a rule back."""
    rule = CollectionRule(
        kind=arguments.kind, stream=arguments.stream, code=arguments.code
    )
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        if not remove_collection_rule(conn, owner, rule):
            raise CommandError("there is no such rule: `ullage rule list`")
    return 0


def run_service_days(arguments: argparse.Namespace) -> int:
    """Say on which weekdays vehicles drive."""
    with connect(read_settings(os.environ).database) as conn:
        set_weekdays(conn, need_organisation(conn).organisation_id, arguments.weekdays)
    sys.stdout.write(f"vehicles drive on {_name_days(arguments.weekdays)}\n")
    return 0


def run_day_off(arguments: argparse.Namespace) -> int:
    """Take a day out of the service days, or put it back."""
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        if not arguments.remove:
            off = DayOff(day=arguments.day, reason=arguments.reason)
            add_day_off(conn, owner, off)
        elif not remove_day_off(conn, owner, arguments.day):
            raise CommandError(f"{arguments.day} is no day off: `ullage rule list`")
    return 0


def run_event(arguments: argparse.Namespace) -> int:
    """Say that another amount than usual will come on a day, or take it back."""
    day, factor = arguments.day, arguments.factor
    if arguments.remove == (factor is not None):
        raise CommandError("say --factor X, or --remove")
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        if factor is not None:
            event = KnownEvent(day=day, factor=factor, reason=arguments.reason)
            add_known_event(conn, owner, event)
        elif not remove_known_event(conn, owner, day):
            raise CommandError(f"{day} has no event: `ullage rule list`")
    return 0


def run_service_level(arguments: argparse.Namespace) -> int:
    """Set the share of bins that shall have room."""
    level = None if arguments.level == UNSET else arguments.level / PERCENT
    with connect(read_settings(os.environ).database) as conn:
        set_service_level(conn, need_organisation(conn).organisation_id, level)
    return 0


def _describe(rule: CollectionRule) -> str:
    where = f"bin {rule.code}" if rule.code else f"stream {rule.stream}"
    if rule.factor is not None:
        return f"overflow, {where}: counts {rule.factor:g} times"
    if rule.weekdays is not None:
        return f"{rule.kind}, {where}: emptied on {_name_days(rule.weekdays)}"
    return f"{rule.kind}, {where}: emptied every {rule.every_days} days"


def _name_days(weekdays: list[int]) -> str:
    return ", ".join(WEEKDAYS[each - 1] for each in weekdays)


def _name_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["hygiene", "contract", "overflow"])
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--stream", metavar="NAME")
    whose.add_argument("--bin", dest="code", metavar="CODE", help="printed on the bin")


def _weekdays(text: str) -> list[int]:
    try:
        return parse_weekdays(text)
    except FieldError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _above_0(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text}: a whole number above 0")
    return int(text)


def _factor(text: str) -> float:
    factor = float(text)
    if not 0 < factor < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: above 0")
    return factor


def _level(text: str) -> float | str:
    if text == UNSET:
        return UNSET
    level = float(text.removesuffix("%").strip())
    if not 0 < level < PERCENT:
        raise argparse.ArgumentTypeError(f"{text}: such as 99.5, below 100, or {UNSET}")
    return level
