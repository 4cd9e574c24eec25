"""What the backend asks for, kept until the next wake looks at it (`desired.py`)."""

import json

from binnode import files, payload

PATH = "settings.json"


def keep(wish: bytes) -> None:
    """Write a wish down, if it is one, and not the one that is there."""
    if files.read(PATH) == wish:
        return
    try:
        content = json.loads(wish)
        is_wish = content["v"] == payload.VERSION and content["revision"] > 0
    except (ValueError, KeyError, TypeError):
        return
    if is_wish and isinstance(content["settings"], dict):
        files.put(PATH, wish)
