"""Rules of collection, service days, known events, service level, fixed rounds."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

import psycopg
from fastapi import APIRouter, HTTPException, Query, status
from pydantic import ConfigDict, Field

from backend.store.collection_rules import (
    CollectionRule,
    DayOff,
    RuleKind,
    ServiceDays,
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
from backend.store.fixed_rounds import FixedRound, load_fixed_rounds
from backend.store.known_events import (
    KnownEvent,
    add_known_event,
    load_known_events,
    remove_known_event,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1", tags=["rules"])

Weekday = Annotated[int, Field(ge=1, le=7)]


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectionRuleRequest:
    """A rule for a stream or for the bin of a code; weekdays are 1 on Monday.

    hygiene takes `every_days`, contract that or `weekdays`, overflow `factor`.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    kind: RuleKind
    stream: str | None = None
    code: str | None = None
    every_days: Annotated[int | None, Field(gt=0)] = None
    weekdays: list[Weekday] | None = None
    factor: Annotated[float | None, Field(gt=0)] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEventRequest:
    """How many times the usual comes on a day, and why."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    factor: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceLevel:
    """The share of bins that shall have room until they can be emptied next.

    Null: none is set, and the setting `overflow_weight` counts.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    service_level: Annotated[float | None, Field(gt=0, lt=1)]


@router.get("/collection-rules")
def list_collection_rules(database: Database) -> list[CollectionRule]:
    """List what was promised of streams and of single bins."""
    return load_collection_rules(
        database, require_organisation(database).organisation_id
    )


@router.put("/collection-rules")
def put_collection_rule(
    database: Database, asked: CollectionRuleRequest
) -> CollectionRule:
    """Set a rule in the place of the one before, if there was one."""
    owner = require_organisation(database).organisation_id
    rule = CollectionRule(
        kind=asked.kind,
        stream=asked.stream,
        code=asked.code,
        every_days=asked.every_days,
        weekdays=asked.weekdays,
        factor=asked.factor,
    )
    try:
        if not set_collection_rule(database, owner, rule):
            raise HTTPException(422, f"there is no bin {asked.code}")
    except psycopg.errors.ForeignKeyViolation as error:
        raise HTTPException(422, f"there is no stream {asked.stream}") from error
    except psycopg.errors.CheckViolation as error:
        raise HTTPException(
            422,
            "a rule is for a stream or for a code, and says one thing: hygiene "
            "every_days, contract every_days or weekdays, overflow factor",
        ) from error
    return rule


@router.delete("/collection-rules", status_code=status.HTTP_204_NO_CONTENT)
def delete_collection_rule(
    database: Database,
    kind: Annotated[RuleKind, Query()],
    stream: Annotated[str | None, Query()] = None,
    code: Annotated[str | None, Query()] = None,
) -> None:
    """Take a rule back."""
    owner = require_organisation(database).organisation_id
    rule = CollectionRule(kind=kind, stream=stream, code=code)
    if not remove_collection_rule(database, owner, rule):
        raise HTTPException(404, "there is no such rule")


@router.get("/service-days")
def show_service_days(database: Database) -> ServiceDays:
    """Show on which days vehicles drive."""
    return load_service_days(database, require_organisation(database).organisation_id)


@router.put("/service-days")
def put_service_weekdays(
    database: Database, weekdays: Annotated[list[Weekday], Query(min_length=1)]
) -> ServiceDays:
    """Say on which weekdays vehicles drive."""
    owner = require_organisation(database).organisation_id
    set_weekdays(database, owner, sorted(set(weekdays)))
    return load_service_days(database, owner)


@router.put("/service-days/off/{day}", status_code=status.HTTP_204_NO_CONTENT)
def put_day_off(
    database: Database, day: date, reason: Annotated[str, Query(min_length=1)]
) -> None:
    """Take a day out of the service days."""
    owner = require_organisation(database).organisation_id
    add_day_off(database, owner, DayOff(day=day, reason=reason))


@router.delete("/service-days/off/{day}", status_code=status.HTTP_204_NO_CONTENT)
def delete_day_off(database: Database, day: date) -> None:
    """Put a day back among the service days."""
    owner = require_organisation(database).organisation_id
    if not remove_day_off(database, owner, day):
        raise HTTPException(404, f"{day} is no day off")


@router.get("/known-events")
def list_known_events(database: Database) -> list[KnownEvent]:
    """List the days on which more or less comes than usual, past ones too."""
    return load_known_events(database, require_organisation(database).organisation_id)


@router.put("/known-events/{day}")
def put_known_event(
    database: Database, day: date, asked: KnownEventRequest
) -> KnownEvent:
    """Say what will come on a day, in the place of what was said before."""
    owner = require_organisation(database).organisation_id
    event = KnownEvent(day=day, factor=asked.factor, reason=asked.reason.strip())
    add_known_event(database, owner, event)
    return event


@router.delete("/known-events/{day}", status_code=status.HTTP_204_NO_CONTENT)
def delete_known_event(database: Database, day: date) -> None:
    """Let a day be one like others."""
    owner = require_organisation(database).organisation_id
    if not remove_known_event(database, owner, day):
        raise HTTPException(404, f"{day} has no event")


@router.get("/service-level")
def show_service_level(database: Database) -> ServiceLevel:
    """Show the share of bins that shall have room."""
    owner = require_organisation(database).organisation_id
    return ServiceLevel(service_level=load_service_level(database, owner))


@router.put("/service-level")
def put_service_level(database: Database, asked: ServiceLevel) -> ServiceLevel:
    """Set it; plans made from now on keep to it."""
    owner = require_organisation(database).organisation_id
    set_service_level(database, owner, asked.service_level)
    return asked


@router.get("/fixed-rounds")
def list_fixed_rounds(database: Database) -> list[FixedRound]:
    """List on which days each bin was emptied before; weekdays are 1 on Monday."""
    return load_fixed_rounds(database, require_organisation(database).organisation_id)
