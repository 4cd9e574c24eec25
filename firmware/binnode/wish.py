"""What the backend asks for, kept until the next wake looks at it (`desired.py`)."""

import json
import os

from micropython import const

from binnode import payload

_WISH = const("settings.json")


def keep(wish: bytes) -> None:
    """Write a wish down, if it is one, and not the one that is there."""
    try:
        with open(_WISH, "rb") as file:
            if file.read() == wish:
                return
    except OSError:
        pass  # there is none yet
    try:
        content = json.loads(wish)
        is_wish = content["v"] == payload.VERSION and content["revision"] > 0
    except (ValueError, KeyError, TypeError):
        return
    if is_wish and isinstance(content["settings"], dict):
        # As a whole or not at all: littlefs renames in one step.
        with open(_WISH + "~", "wb") as file:
            file.write(wish)
        os.rename(_WISH + "~", _WISH)
