"""Which channels and rules mean something, whoever asks for them."""

from typing import Any

from psycopg import Connection

from backend.alarms.errors import AlarmError, BadAddressError, UnknownKindError
from backend.alarms.limits import KINDS, read_limits
from backend.alarms.webhook import check_address, make_secret
from backend.store.alarm_rules import (
    Rule,
    RuleChange,
    change_rule,
    load_rule,
)
from backend.store.notifications import NewChannel, add_channel

SEVERITIES = ("critical", "major", "minor")
LONGEST_ADDRESS = 500


def open_channel(
    conn: Connection[Any], organisation_id: int, new: NewChannel
) -> tuple[int, str | None]:
    """Add a channel; return its number, and a webhook's secret: only now.

    Raises
    ------
    AlarmError
        If nothing can be told that way.
    """
    for kind in new.kinds:
        check_kind(kind)
    _check_severity(new.least_severity)
    if len(new.address) > LONGEST_ADDRESS:
        raise BadAddressError(
            f"the address is longer than {LONGEST_ADDRESS} characters"
        )
    secret = None
    if new.medium == "webhook":
        check_address(new.address)
        secret = make_secret()
    else:
        _check_mailbox(new.address)
    return add_channel(conn, organisation_id, new, secret=secret), secret


def set_rule(conn: Connection[Any], organisation_id: int, change: RuleChange) -> Rule:
    """Change a rule; return it as it is now.

    Raises
    ------
    AlarmError
        If the limits would mean nothing, beside those that stay.
    """
    check_kind(change.kind)
    if change.severity is not None:
        _check_severity(change.severity)
    if change.repeat_every_s is not None and change.repeat_every_s < 0:
        raise AlarmError("repeat_every_s must be 0 or more")
    before = _need_rule(conn, organisation_id, change)
    read_limits(change.kind, before.limits | change.limits)
    change_rule(conn, organisation_id, change)
    return _need_rule(conn, organisation_id, change)


def check_kind(kind: str) -> None:
    """Refuse a kind that does not exist.

    Raises
    ------
    UnknownKindError
        It lists those that do.
    """
    if kind not in KINDS:
        raise UnknownKindError(f"{kind} is no kind of alarm: {', '.join(KINDS)}")


def _need_rule(conn: Connection[Any], organisation_id: int, change: RuleChange) -> Rule:
    rule = load_rule(conn, organisation_id, change.kind, change.stream)
    if rule is None:
        raise AlarmError(f"{change.stream} is no stream")
    return rule


def _check_severity(severity: str) -> None:
    if severity not in SEVERITIES:
        raise AlarmError(f"{severity} is no severity: {', '.join(SEVERITIES)}")


def _check_mailbox(address: str) -> None:
    name, _, host = address.rpartition("@")
    is_plain = not any(each.isspace() or each in "<>,;" for each in address)
    if not (name and "." in host and is_plain and address.isascii()):
        raise BadAddressError(f"{address} is no e-mail address")
