"""A JSON object that names its device itself, for whoever has no topic to say it by."""

from gateway.errors import MemberError
from gateway.topic import NAME
from gateway.wire.json_object import JsonObject, read_text

#: the member by which such a message is known
MARK = "device"


def read_device(body: JsonObject) -> str:
    """Read the name of the device."""
    device = read_text(body, MARK)
    if NAME.fullmatch(device) is None:
        raise MemberError(MARK, expected="1 to 32 of a-z 0-9 - _", value=device)
    return device
