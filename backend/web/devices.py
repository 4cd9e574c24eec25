"""Settings of devices: what is desired of one, and what it goes by."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, HTTPException
from pydantic import ConfigDict, StrictBool, StrictInt, StrictStr

from backend.inbox.wishes import WishError, ask
from backend.store.device_settings import DeviceSettings, load_device_settings
from backend.web.database import Database

router = APIRouter(prefix="/api/v1/devices", tags=["devices"])


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsRequest:
    """All settings that are desired; what is not named is as it was provisioned."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    desired: dict[str, StrictBool | StrictInt | StrictStr]


@router.get("/{name}/settings")
def show_settings(database: Database, name: str) -> DeviceSettings:
    """Show what is desired of a device, what it goes by and what it refused."""
    found = load_device_settings(database, name)
    if found is None:
        raise _unknown(name)
    return found


@router.put("/{name}/settings")
def put_settings(
    database: Database, name: str, asked: SettingsRequest
) -> DeviceSettings:
    """Ask a device for other settings; it answers when it reports the next times."""
    try:
        found = ask(database, name, asked.desired, changed_by="api")
    except WishError as error:
        raise HTTPException(422, str(error)) from error
    if found is None:
        raise _unknown(name)
    return found


def _unknown(name: str) -> HTTPException:
    return HTTPException(404, f"there is no device {name}")
