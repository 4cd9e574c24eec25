"""What the servers of LoRaWAN have in common."""

import re

from gateway.errors import MemberError
from gateway.wire.json_object import JsonObject, read_text

DEV_EUI = re.compile(r"[0-9A-Fa-f]{16}")


def read_dev_eui(json: JsonObject, name: str) -> str:
    """Read the address that a device has for life; in lower case it is its name."""
    text = read_text(json, name)
    if DEV_EUI.fullmatch(text) is None:
        raise MemberError(name, expected="16 hexadecimal digits", value=text)
    return text.lower()
