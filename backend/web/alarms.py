"""Alarms: what is open, what was, who sees to it, and what counts as one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from fastapi import APIRouter, HTTPException, Query
from pydantic import AwareDatetime, ConfigDict

from backend.alarms import words
from backend.alarms.channels import set_rule
from backend.alarms.errors import AlarmError
from backend.store.alarm_rules import Rule, RuleChange, load_rules, reset_rule
from backend.store.alarms import (
    Alarm,
    Severity,
    acknowledge_alarm,
    load_alarm_history,
    load_alarms,
    load_open_alarms,
)
from backend.store.overview import load_now, load_organisation
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["alarms"])

DEFAULT_SPAN = timedelta(days=14)
MOST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownAlarm:
    """An alarm with what a person reads; `slot_id` is null where it is no bin's."""

    alarm_id: int
    kind: str
    name: str
    what: str
    severity: Severity
    began_at: datetime
    raised_at: datetime
    cleared_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    told_count: int
    facts: dict[str, object]
    slot_id: int | None
    code: str | None
    site: str | None
    address: str | None
    stream: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledgement:
    """Who sees to it."""

    by: str = "dispatcher"


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleRequest:
    """What is wanted otherwise, for all bins or those of a stream; null: as it was."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    stream: str | None = None
    is_on: bool | None = None
    severity: Severity | None = None
    repeat_every_s: int | None = None
    limits: dict[str, float] | None = None


@router.get("/alarms")
def list_alarms(
    database: Database,
    from_at: Annotated[AwareDatetime | None, Query()] = None,
    to_at: Annotated[AwareDatetime | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> list[ShownAlarm]:
    """List what is open, the gravest first; with times what was open then."""
    organisation = load_organisation(database)
    if organisation is None:
        return []
    owner = organisation.organisation_id
    if from_at is None and to_at is None:
        return [_show(each) for each in load_open_alarms(database, owner)]
    end_at: datetime = to_at or load_now(database)
    start_at: datetime = from_at or end_at - DEFAULT_SPAN
    if start_at >= end_at:
        raise HTTPException(422, "from_at must be before to_at")
    found = load_alarm_history(
        database, owner, from_at=start_at, to_at=end_at, limit=limit
    )
    return [_show(each) for each in found]


@router.post("/alarms/{alarm_id}/acknowledge")
def acknowledge(
    database: Database, alarm_id: int, said: Acknowledgement | None = None
) -> ShownAlarm:
    """See to an alarm: it is not told again. It stays open until it clears itself."""
    owner = require_organisation(database).organisation_id
    by = (said or Acknowledgement()).by
    if not acknowledge_alarm(database, owner, alarm_id, by=by):
        raise HTTPException(404, f"there is no open alarm {alarm_id}")
    (alarm,) = load_alarms(database, [alarm_id])
    return _show(alarm)


@router.get("/alarm-rules")
def list_rules(database: Database) -> list[Rule]:
    """List what counts as an alarm, for all bins and where a stream has its own."""
    return load_rules(database, require_organisation(database).organisation_id)


@router.put("/alarm-rules/{kind}")
def change_rule(database: Database, kind: str, asked: RuleRequest) -> Rule:
    """Change what counts as an alarm; what is not named stays."""
    change = RuleChange(
        kind=kind,
        stream=asked.stream,
        is_on=asked.is_on,
        severity=asked.severity,
        repeat_every_s=asked.repeat_every_s,
        limits=asked.limits or {},
    )
    owner = require_organisation(database).organisation_id
    try:
        return set_rule(database, owner, change)
    except AlarmError as error:
        raise HTTPException(422, str(error)) from error


@router.delete("/alarm-rules/{kind}", status_code=204)
def forget_rule(
    database: Database, kind: str, stream: Annotated[str | None, Query()] = None
) -> None:
    """Go back to what holds without a rule of one's own."""
    owner = require_organisation(database).organisation_id
    reset_rule(database, owner, kind, stream)


def _show(alarm: Alarm) -> ShownAlarm:
    return ShownAlarm(
        alarm_id=alarm.alarm_id,
        kind=alarm.kind,
        name=words.name(alarm),
        what=words.what(alarm),
        severity=alarm.severity,
        began_at=alarm.began_at,
        raised_at=alarm.raised_at,
        cleared_at=alarm.cleared_at,
        acknowledged_at=alarm.acknowledged_at,
        acknowledged_by=alarm.acknowledged_by,
        told_count=alarm.told_count,
        facts=alarm.facts,
        slot_id=alarm.slot_id,
        code=alarm.code,
        site=alarm.site,
        address=alarm.address,
        stream=alarm.stream,
    )
