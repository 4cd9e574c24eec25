"""Asking a device to go by other settings.

Which there are, and within which limits, is known to each firmware: it checks them and
says what it refuses. Here only what no device could be told is refused.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from backend.store.device_settings import (
    DeviceSettings,
    ask_device,
    hold_device_settings,
    load_device_settings,
)

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
# A device reads packets of 1,024 bytes, with topic and revision.
MAX_BYTES = 800


class WishError(Exception):
    """A device cannot be asked for that; the message says why."""


class WishBehindError(Exception):
    """Somebody else asked for other settings meanwhile: look at them first."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def ask(
    conn: Connection[Any],
    device: str,
    settings: Mapping[str, Any],
    *,
    changed_by: str,
    is_whole: bool = True,
    seen_revision: int | None = None,
) -> DeviceSettings | None:
    """Ask for settings; None: there is no such device.

    Parameters
    ----------
    is_whole
        These are all; what is not named is as the device was provisioned. Else they
        are added to what is desired already, and None takes one away.
    seen_revision
        What was desired when somebody made up his mind; None: whatever it was.

    Raises
    ------
    WishError
        If no device could be told that.
    WishBehindError
        If something else is desired by now.
    """
    known = hold_device_settings(conn, device)
    if known is None:
        return None
    if seen_revision not in (None, known.revision):
        raise WishBehindError
    asked = dict(settings) if is_whole else known.desired | dict(settings)
    desired = {name: value for name, value in asked.items() if value is not None}
    _check(desired)
    ask_device(conn, device, desired, changed_by=changed_by)
    return load_device_settings(conn, device)


def _check(desired: Mapping[str, Any]) -> None:
    for name, value in desired.items():
        if NAME.fullmatch(name) is None:
            raise WishError(f"{name}: a name is of a-z 0-9 _")
        if isinstance(value, float) or not isinstance(value, int | str | bool):
            raise WishError(f"{name}: {value!r} is no whole number, text or truth")
    size = len(json.dumps(desired, separators=(",", ":")).encode())
    if size > MAX_BYTES:
        raise WishError(f"{size} bytes are more than a device takes, {MAX_BYTES}")
