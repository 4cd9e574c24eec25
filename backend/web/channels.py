"""Channels: who is told of alarms, by e-mail or webhook, and how that went."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, HTTPException, status
from pydantic import AwareDatetime, ConfigDict

from backend.alarms.channels import open_channel
from backend.alarms.errors import AlarmError
from backend.store.alarms import Severity
from backend.store.notifications import (
    Channel,
    Medium,
    NewChannel,
    load_channels,
    queue_test,
    remove_channel,
    replay,
)
from backend.web.database import Database, require_organisation

router = APIRouter(prefix="/api/v1/alarm-channels", tags=["alarms"])


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelRequest:
    """Whom to tell; without `kinds`: of all kinds."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    medium: Medium
    address: str
    kinds: list[str] | None = None
    least_severity: Severity = "minor"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedChannel:
    """A new channel. A webhook's secret is shown here and never again."""

    channel_id: int
    secret: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayRequest:
    """What to tell again: all since a time, or some by id (without `msg_`)."""

    since: AwareDatetime | None = None
    notification_ids: list[UUID] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """How many are told again."""

    count: int


@router.get("")
def list_channels(database: Database) -> list[Channel]:
    """List who is told, and how the last week's telling went."""
    return load_channels(database, require_organisation(database).organisation_id)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_channel(database: Database, asked: ChannelRequest) -> OpenedChannel:
    """Tell somebody from now on."""
    owner = require_organisation(database).organisation_id
    new = NewChannel(
        medium=asked.medium,
        address=asked.address,
        kinds=asked.kinds or [],
        least_severity=asked.least_severity,
    )
    try:
        channel_id, secret = open_channel(database, owner, new)
    except AlarmError as error:
        raise HTTPException(422, str(error)) from error
    return OpenedChannel(channel_id=channel_id, secret=secret)


@router.delete("/{channel_id}", status_code=status.HTTP_204_NO_CONTENT)
def close_channel(database: Database, channel_id: int) -> None:
    """Tell nothing there any more."""
    owner = require_organisation(database).organisation_id
    if not remove_channel(database, owner, channel_id):
        raise _unknown(channel_id)


@router.post("/{channel_id}/test", status_code=status.HTTP_202_ACCEPTED)
def try_channel(database: Database, channel_id: int) -> None:
    """Send a test; how it went is shown in the list of channels."""
    owner = require_organisation(database).organisation_id
    if queue_test(database, owner, channel_id) is None:
        raise _unknown(channel_id)


@router.post("/{channel_id}/replay", status_code=status.HTTP_202_ACCEPTED)
def tell_again(database: Database, channel_id: int, asked: ReplayRequest) -> Replayed:
    """Tell again what was told or given up, under the ids that it had."""
    owner = require_organisation(database).organisation_id
    count = replay(
        database,
        owner,
        notification_ids=asked.notification_ids or (),
        channel_id=channel_id,
        since=asked.since,
    )
    return Replayed(count=count)


def _unknown(channel_id: int) -> HTTPException:
    return HTTPException(404, f"there is no channel {channel_id}")
