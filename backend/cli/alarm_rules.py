"""`ullage alarm rules`: what counts as an alarm."""

import argparse
import os
import sys

from backend.alarms.channels import SEVERITIES, set_rule
from backend.alarms.errors import AlarmError
from backend.alarms.limits import KINDS
from backend.cli.errors import CommandError, connect, need_organisation
from backend.settings import read_settings
from backend.store.alarm_rules import (
    Rule,
    RuleChange,
    load_rules,
    reset_rule,
    set_empty_voltage,
)

DESCRIPTION = """Limits are given as NAME=NUMBER, as `ullage alarm rules show` has them:
ullage alarm rules set fire hot_c=55 cool_c=45 --stream batteries"""


def register(things: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = things.add_parser("rules", help="what counts as an alarm")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("show", help="all rules").set_defaults(run=run_show)
    change = actions.add_parser("set", help="change one", description=DESCRIPTION)
    _name_rule(change)
    change.add_argument("limits", type=_limit, nargs="*", metavar="NAME=NUMBER")
    switch = change.add_mutually_exclusive_group()
    switch.add_argument("--on", action="store_true", dest="is_on", default=None)
    switch.add_argument("--off", action="store_false", dest="is_on", default=None)
    change.add_argument("--severity", choices=SEVERITIES)
    change.add_argument(
        "--repeat-min", type=int, metavar="N", help="tell again; 0: once is enough"
    )
    change.set_defaults(run=run_set)
    reset = actions.add_parser("reset", help="go back to what holds without a rule")
    _name_rule(reset)
    reset.set_defaults(run=run_reset)
    empty = actions.add_parser("empty-battery", help="at which voltage devices stop")
    empty.add_argument("device_kind", metavar="KIND", help="such as ullage-esp32")
    empty.add_argument("empty_mv", type=int, metavar="MV")
    empty.set_defaults(run=run_empty)


def run_show(_arguments: argparse.Namespace) -> int:
    """List the rules, those of single streams under the one for all bins."""
    with connect(read_settings(os.environ).database) as conn:
        rules = load_rules(conn, need_organisation(conn).organisation_id)
    for rule in rules:
        sys.stdout.write(_describe(rule))
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    """Change a rule; what is not named stays."""
    minutes: int | None = arguments.repeat_min
    change = RuleChange(
        kind=arguments.kind,
        stream=arguments.stream,
        is_on=arguments.is_on,
        severity=arguments.severity,
        repeat_every_s=None if minutes is None else minutes * 60,
        limits=dict(arguments.limits),
    )
    with connect(read_settings(os.environ).database) as conn:
        try:
            rule = set_rule(conn, need_organisation(conn).organisation_id, change)
        except AlarmError as error:
            raise CommandError(str(error)) from error
    sys.stdout.write(_describe(rule))
    return 0


def run_reset(arguments: argparse.Namespace) -> int:
    """Forget a rule of one's own."""
    with connect(read_settings(os.environ).database) as conn:
        owner = need_organisation(conn).organisation_id
        reset_rule(conn, owner, arguments.kind, arguments.stream)
    return 0


def run_empty(arguments: argparse.Namespace) -> int:
    """Say at which voltage a kind of device stops."""
    if arguments.empty_mv <= 0:
        raise CommandError("MV must be above 0")
    with connect(read_settings(os.environ).database) as conn:
        set_empty_voltage(conn, arguments.device_kind, arguments.empty_mv)
    return 0


def _describe(rule: Rule) -> str:
    limits = " ".join(f"{name}={value:g}" for name, value in rule.limits.items())
    repeat = f"again every {rule.repeat_every_s // 60} min"
    said = [
        rule.kind if rule.stream is None else f"  {rule.stream}",
        rule.severity if rule.is_on else "off",
        repeat if rule.repeat_every_s else "once",
        limits,
    ]
    return "{:<13} {:<9} {:<19} {}".format(*said).rstrip() + "\n"


def _name_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=list(KINDS), metavar="KIND")
    parser.add_argument("--stream", help="only for bins of this stream")


def _limit(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: such as hot_c=55") from None
