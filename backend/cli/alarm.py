"""`ullage alarm`: what is wrong, and who sees to it."""

import argparse
import csv
import getpass
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from backend.alarms import words
from backend.alarms.limits import KINDS
from backend.cli import alarm_channel, alarm_rules
from backend.cli.errors import CommandError, connect, need_organisation
from backend.settings import read_settings
from backend.store.alarms import (
    Alarm,
    acknowledge_alarm,
    load_alarm_history,
    load_open_alarms,
)

MOST = 100_000
COLUMNS = (
    "alarm_id",
    "severity",
    "kind",
    "what",
    "code",
    "site",
    "address",
    "began_at",
    "raised_at",
    "cleared_at",
    "acknowledged_at",
    "acknowledged_by",
)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("alarm", help="what is wrong, and who is told")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    listed = things.add_parser("list", help="what is open")
    listed.add_argument(
        "--all", type=int, nargs="?", const=14, metavar="DAYS", dest="days",
        help="also what is over, of the last days (14)",
    )  # fmt: skip
    listed.add_argument("--kind", choices=list(KINDS))
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", const="json", dest="form")
    form.add_argument("--csv", action="store_const", const="csv", dest="form")
    listed.set_defaults(run=run_list)
    seen = things.add_parser("ack", help="see to an alarm: it is not told again")
    seen.add_argument("alarm_id", type=int, nargs="+", metavar="NUMBER")
    seen.add_argument("--by", default=getpass.getuser(), help="who sees to it")
    seen.set_defaults(run=run_acknowledge)
    alarm_rules.register(things)
    alarm_channel.register(things)


def run_list(arguments: argparse.Namespace) -> int:
    """List alarms, the gravest first; with what is over, the newest first."""
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        owner, now = organisation.organisation_id, organisation.now
        if arguments.days is None:
            alarms = load_open_alarms(conn, owner)
        else:
            since = now - timedelta(days=arguments.days)
            alarms = load_alarm_history(
                conn, owner, from_at=since, to_at=now, limit=MOST
            )
    wanted = [each for each in alarms if arguments.kind in (None, each.kind)]
    match arguments.form:
        case "json":
            _write_json(wanted)
        case "csv":
            _write_csv(wanted)
        case _:
            _write_lines(wanted, ZoneInfo(organisation.time_zone))
    return 0


def run_acknowledge(arguments: argparse.Namespace) -> int:
    """Note that somebody sees to alarms."""
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        for number in arguments.alarm_id:
            if not acknowledge_alarm(conn, owner, number, by=arguments.by):
                raise CommandError(
                    f"there is no open alarm {number}; none was acknowledged. "
                    "`ullage alarm list` has those that are open"
                )
    return 0


def _write_lines(alarms: Sequence[Alarm], zone: ZoneInfo) -> None:
    for each in alarms:
        said = f"{words.name(each)}: {words.place(each)}: {words.what(each)}"
        times = f"since {words.local(each.began_at, zone)}"
        if each.cleared_at is not None:
            times += f" until {words.local(each.cleared_at, zone)}"
        elif each.acknowledged_by is not None:
            times += f"; {each.acknowledged_by} sees to it"
        line = f"{each.alarm_id:>5}  {each.severity:<8}  {said}, {times}\n"
        sys.stdout.write(line)
    if not alarms:
        sys.stdout.write("no alarms\n")


def _write_json(alarms: Sequence[Alarm]) -> None:
    rows = [asdict(each) | {"what": words.what(each)} for each in alarms]
    json.dump(rows, sys.stdout, default=lambda at: at.isoformat(), indent=1)
    sys.stdout.write("\n")


def _write_csv(alarms: Sequence[Alarm]) -> None:
    table = csv.DictWriter(
        sys.stdout, COLUMNS, extrasaction="ignore", lineterminator="\n"
    )
    table.writeheader()
    for each in alarms:
        table.writerow(asdict(each) | {"what": words.what(each)})
