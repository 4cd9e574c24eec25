"""`ullage alarm channel` and `replay`: who is told, and telling again."""

import argparse
import os
import sys
import time
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.alarms.channels import SEVERITIES, open_channel
from backend.alarms.delivering import deliver
from backend.alarms.errors import AlarmError
from backend.alarms.limits import KINDS
from backend.cli.errors import CommandError, connect, need_organisation
from backend.settings import read_settings
from backend.store.notifications import (
    Channel,
    NewChannel,
    load_channels,
    load_deliveries,
    load_last_try,
    queue_test,
    remove_channel,
    replay,
)

SHOWN_ONCE = """secret {secret}
It is shown only now. The receiver verifies with it: docs/operations.md, Alarms.
"""
POLL_S = 0.2
TIMES = "%Y-%m-%d %H:%M:%S"


def register(things: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = things.add_parser("channel", help="who is told")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="tell somebody from now on")
    add.add_argument("medium", choices=["email", "webhook"])
    add.add_argument("address", help="a mailbox, or an http(s) address")
    add.add_argument("--kind", choices=list(KINDS), action="append", default=[])
    add.add_argument("--from-severity", choices=SEVERITIES, default="minor")
    add.set_defaults(run=run_add)
    actions.add_parser("list", help="who is told").set_defaults(run=run_list)
    for name, run, what in (
        ("remove", run_remove, "tell nothing there any more"),
        ("test", run_test, "send a test now"),
        ("log", run_log, "the last deliveries, and how they went"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("channel_id", type=int, metavar="CHANNEL")
        action.set_defaults(run=run)
    again = things.add_parser("replay", help="tell again what was told or given up")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("--id", type=UUID, nargs="+", metavar="ID", default=[])
    which.add_argument("--channel", type=int, metavar="CHANNEL")
    again.add_argument("--since", type=datetime.fromisoformat, metavar="TIME")
    again.set_defaults(run=run_replay)


def run_add(arguments: argparse.Namespace) -> int:
    """Add a channel."""
    new = NewChannel(
        medium=arguments.medium,
        address=arguments.address,
        kinds=arguments.kind,
        least_severity=arguments.from_severity,
    )
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        try:
            number, secret = open_channel(conn, owner, new)
        except AlarmError as error:
            raise CommandError(str(error)) from error
    sys.stdout.write(f"channel {number}\n")
    if secret is not None:
        sys.stdout.write(SHOWN_ONCE.format(secret=secret))
    return 0


def run_list(_arguments: argparse.Namespace) -> int:
    """List the channels, and how the last week's telling went."""
    with connect(read_settings(os.environ).database) as conn:
        channels = load_channels(conn, need_organisation(conn).organisation_id)
    for each in channels:
        sys.stdout.write(_describe(each))
    if not channels:
        sys.stdout.write("nobody is told: `ullage alarm channel add`\n")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Remove a channel."""
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        if not remove_channel(conn, owner, arguments.channel_id):
            raise _unknown(arguments.channel_id)
    return 0


def run_test(arguments: argparse.Namespace) -> int:
    """Send a test, here and now, and say how it went."""
    settings = read_settings(os.environ)
    number: int = arguments.channel_id
    with connect(settings.database) as conn:
        owner = need_organisation(conn).organisation_id
        queued = queue_test(conn, owner, number)
        if queued is None:
            raise _unknown(number)
        conn.commit()
        conn.set_autocommit(True)
        deliver(conn, settings)
        # A worker may have been faster, and still be at it.
        while (tried := load_last_try(conn, queued)) is None:
            time.sleep(POLL_S)
            deliver(conn, settings)
    if tried.error is not None:
        raise CommandError(tried.error)
    sys.stdout.write("taken\n")
    return 0


def run_log(arguments: argparse.Namespace) -> int:
    """List the last deliveries of a channel."""
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        deliveries = load_deliveries(
            conn, organisation.organisation_id, arguments.channel_id
        )
    zone = ZoneInfo(organisation.time_zone)
    for each in deliveries:
        at = f"{each.tried_at.astimezone(zone):{TIMES}}"
        what = each.event if each.alarm_id is None else f"alarm {each.alarm_id}"
        line = f"{at}  {each.notification_id}  {what} {each.event}"
        sys.stdout.write(f"{line}: {each.error or 'taken'}\n")
    return 0


def run_replay(arguments: argparse.Namespace) -> int:
    """Tell again, under the ids that the notifications had."""
    since: datetime | None = arguments.since
    with connect(read_settings(os.environ).database) as conn:
        organisation = need_organisation(conn)
        if since is not None and since.tzinfo is None:
            since = since.replace(tzinfo=ZoneInfo(organisation.time_zone))
        count = replay(
            conn,
            organisation.organisation_id,
            notification_ids=arguments.id,
            channel_id=arguments.channel,
            since=since,
        )
    sys.stdout.write(f"{count} are told again\n")
    return 0


def _describe(channel: Channel) -> str:
    kinds = ", ".join(channel.kinds) or "all kinds"
    facts = [f"{kinds} from {channel.least_severity}"]
    if channel.waiting:
        facts.append(f"{channel.waiting} waiting")
    if channel.given_up:
        facts.append(f"{channel.given_up} given up")
    if channel.last_error:
        facts.append(channel.last_error)
    said = "; ".join(facts)
    return f"{channel.channel_id:>4}  {channel.medium:<7}  {channel.address}: {said}\n"


def _unknown(number: int) -> CommandError:
    return CommandError(
        f"there is no channel {number}; `ullage alarm channel list` has those there are"
    )
