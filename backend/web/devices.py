"""Devices: how each stands, what is desired of one, and what it goes by."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, HTTPException, Query
from pydantic import ConfigDict, StrictBool, StrictInt, StrictStr

from backend.firmware.settings import SETTINGS, Setting
from backend.inbox.wishes import WishBehindError, WishError, ask
from backend.store.device_settings import (
    DeviceSettings,
    SettingsChange,
    load_device_settings,
    load_settings_changes,
)
from backend.store.device_states import (
    Concern,
    DeviceState,
    Offer,
    Sought,
    count_device_states,
    count_other_devices,
    load_device_state,
    load_device_states,
    load_offers_to,
)
from backend.web.database import Database

router = APIRouter(prefix="/api/v1", tags=["devices"])

MOST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class DevicePage:
    """Some of the devices that were asked for, and how many there are of each concern.

    `other_count` sensors are of other makes: they take neither settings nor versions.
    """

    devices: list[DeviceState]
    counts: dict[Concern, int]
    other_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsRequest:
    """All settings that are desired; what is not named is as it was provisioned.

    `seen_revision` is what was desired when `by` made up his mind: if it is something
    else by now, nothing is changed.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    desired: dict[str, StrictBool | StrictInt | StrictStr]
    seen_revision: int | None = None
    by: str = "api"


@router.get("/devices")
def list_devices(
    database: Database,
    words: Annotated[str, Query(max_length=100)] = "",
    concern: Annotated[Concern, Query()] = "all",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> DevicePage:
    """List devices that take settings and versions, by name, code, site or address."""
    sought = Sought(words=words, concern=concern, limit=limit, offset=offset)
    return DevicePage(
        devices=load_device_states(database, sought),
        counts=count_device_states(database, sought),
        other_count=count_other_devices(database),
    )


@router.get("/devices/{name}")
def show_device(database: Database, name: str) -> DeviceState:
    """Show how a device stands: version, settings, when it was heard."""
    found = load_device_state(database, name)
    if found is None:
        raise _unknown(name)
    return found


@router.get("/devices/{name}/offers")
def list_offers(database: Database, name: str) -> list[Offer]:
    """List the versions that a device was offered, the newest first."""
    show_device(database, name)
    return load_offers_to(database, name)


@router.get("/device-settings")
def list_settings() -> list[Setting]:
    """List the settings that devices may be asked for, with units and limits."""
    return list(SETTINGS)


@router.get("/devices/{name}/settings")
def show_settings(database: Database, name: str) -> DeviceSettings:
    """Show what is desired of a device, what it goes by and what it refused."""
    found = load_device_settings(database, name)
    if found is None:
        raise _unknown(name)
    return found


@router.put("/devices/{name}/settings")
def put_settings(
    database: Database, name: str, asked: SettingsRequest
) -> DeviceSettings:
    """Ask a device for other settings; it answers when it reports the next times."""
    try:
        found = ask(
            database,
            name,
            asked.desired,
            changed_by=asked.by,
            seen_revision=asked.seen_revision,
        )
    except WishError as error:
        raise HTTPException(422, str(error)) from error
    except WishBehindError as error:
        raise HTTPException(409, str(error)) from error
    if found is None:
        raise _unknown(name)
    return found


@router.get("/devices/{name}/settings/changes")
def list_settings_changes(database: Database, name: str) -> list[SettingsChange]:
    """List who asked a device for what, the newest first."""
    show_device(database, name)
    return load_settings_changes(database, name)


def _unknown(name: str) -> HTTPException:
    return HTTPException(404, f"there is no device {name}")
