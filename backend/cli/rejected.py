"""`ullage rejected`: messages that could not be stored; look, and try again."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

import psycopg

from backend.cli.errors import CommandError, connect, zone_of
from backend.cli.rejected_list import write_csv, write_json, write_one, write_table
from backend.inbox import PATIENCE_S, replay, wait_for
from backend.settings import read_settings
from backend.store.inbox import MessageOutcome, take_outcomes
from backend.store.rejected import find_rejected, load_one_rejected, load_rejected

PAGE = 100  # messages of a list
AT_ONCE = 500
WRITERS = {"json": write_json, "csv": write_csv}
DESCRIPTION = """A message moves back to the gateways, which store it or reject it anew,
with the reason of now and one more try. Nothing is doubled."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("rejected", help="messages that were not stored")
    things = parser.add_subparsers(dest="thing", required=True, metavar="WHAT")
    listed = things.add_parser("list", help="the newest first")
    listed.add_argument("--since", type=_time, metavar="TIME", help="ISO")
    listed.add_argument("--reason", default="", metavar="TEXT", help="words of it")
    listed.add_argument(
        "--limit", type=int, metavar="N", help=f"{PAGE}, or all of them in a file"
    )
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json")
    form.add_argument("--csv", dest="form", action="store_const", const="csv")
    listed.set_defaults(run=run_list)
    show = things.add_parser("show", help="one of them, byte for byte")
    show.add_argument("number", type=int, metavar="NUMBER")
    show.set_defaults(run=run_show)
    again = things.add_parser("replay", help="try again", description=DESCRIPTION)
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("numbers", nargs="*", type=int, default=[], metavar="NUMBER")
    which.add_argument("--reason", metavar="TEXT", help="all whose reason holds it")
    which.add_argument("--all", action="store_true")
    again.set_defaults(run=run_replay)


def run_list(arguments: argparse.Namespace) -> int:
    """List rejected messages."""
    with connect(read_settings(os.environ).database) as conn:
        zone = zone_of(conn)
        since: datetime | None = arguments.since
        if since is not None and since.tzinfo is None:
            since = since.replace(tzinfo=zone)
        limit = arguments.limit or (None if arguments.form else PAGE)
        found = load_rejected(conn, since=since, reason=arguments.reason, limit=limit)
    write = WRITERS.get(arguments.form)
    sys.stdout.writelines(write_table(found, zone) if write is None else write(found))
    if not found and arguments.form is None:
        sys.stdout.write("no message was rejected\n")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Show one rejected message, as bytes and as text."""
    with connect(read_settings(os.environ).database) as conn:
        message = load_one_rejected(conn, arguments.number)
    if message is None:
        raise CommandError(_missing([arguments.number]))
    sys.stdout.writelines(write_one(message))
    return 0


def run_replay(arguments: argparse.Namespace) -> int:
    """Give rejected messages to the gateways again."""
    with connect(read_settings(os.environ).database) as conn:
        conn.set_autocommit(True)  # a gateway sees what is committed
        taken, outcomes, patience_s = 0, [], PATIENCE_S
        for part in _parts(_choose(conn, arguments)):
            with conn.transaction():
                moved = replay(conn, part)
            done = _wait(conn, moved, patience_s)
            if len(done) < len(moved):  # no gateway: the others need not be waited for
                patience_s = 0
            taken += len(moved)
            outcomes += done
    sys.stdout.write(f"{_summarise(taken, outcomes)}\n")
    return 0


def _choose(conn: psycopg.Connection, arguments: argparse.Namespace) -> list[int]:
    if not arguments.numbers:
        return find_rejected(conn, arguments.reason or "")
    known = set(find_rejected(conn))
    missing = [each for each in arguments.numbers if each not in known]
    if missing:
        raise CommandError(_missing(missing))
    return list(arguments.numbers)


def _wait(
    conn: psycopg.Connection, numbers: list[int], patience_s: float
) -> list[MessageOutcome]:
    take = partial(take_outcomes, conn)
    return list(wait_for(take, numbers, patience_s=patience_s).values())


def _summarise(taken: int, outcomes: Sequence[MessageOutcome]) -> str:
    if not taken:
        return "no message of that kind is left"
    again = sum(bool(each.rejected) for each in outcomes)
    readings = sum(each.stored for each in outcomes)
    facts = [
        f"{taken} messages tried again: {readings} readings stored",
        f"{again} messages rejected again (`ullage rejected list`)" if again else "",
    ]
    if waiting := taken - len(outcomes):
        facts.append(f"{waiting} wait for a gateway, which will take them by itself")
    return "; ".join(each for each in facts if each)


def _missing(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers))
    return f"there is no rejected message {named}: `ullage rejected list`"


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: such as 2026-11-27T18:00") from None
