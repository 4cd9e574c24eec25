"""Members of a JSON object, checked by hand: an error names the member."""

import json
from base64 import b64decode
from binascii import Error as Base64Error
from datetime import UTC, datetime

from gateway.errors import MemberError, PayloadError

JsonObject = dict[str, object]
# Far beyond everything we count; a whole number of 400 digits is no float any more.
MAX_NUMBER = 10**18


def parse_object(payload: bytes) -> JsonObject:
    """Parse bytes that must be one JSON object.

    Raises
    ------
    PayloadError
        If they are not JSON, or too deeply nested to be read.
    MemberError
        If they are JSON of another type.
    """
    try:
        body = json.loads(payload, parse_constant=_refuse_constant)
    except ValueError as error:
        raise PayloadError(f"not JSON: {error}") from None
    except RecursionError:  # a few kilobytes of "[" exhaust the parser's stack
        raise PayloadError("not JSON that can be read: nested too deeply") from None
    return as_object(body, "message")


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def read_integer(json: JsonObject, name: str) -> int | None:
    """Read an optional whole number; 812.0 is one, as JavaScript writes it."""
    value = read_number(json, name)
    if value is None or isinstance(value, int):
        return value
    if not value.is_integer():
        raise MemberError(name, expected="a whole number", value=value)
    return int(value)


def read_number(json: JsonObject, name: str) -> float | None:
    """Read an optional number."""
    value = json.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise MemberError(name, expected="a number", value=value)
    if isinstance(value, int) and abs(value) > MAX_NUMBER:
        raise MemberError(name, expected=f"at most {MAX_NUMBER:.0e}", value=value)
    return value


def read_boolean(json: JsonObject, name: str) -> bool:
    """Read an optional truth; a missing one is false."""
    value = json.get(name, False)
    if not isinstance(value, bool):
        raise MemberError(name, expected="true or false", value=value)
    return value


def read_time(json: JsonObject, name: str) -> datetime | None:
    """Read an optional time: ISO 8601 with an offset."""
    value = json.get(name)
    if value is None:
        return None
    expected = "a time like 2026-11-22T10:00:00Z"
    if not isinstance(value, str):
        raise MemberError(name, expected=expected, value=value)
    try:
        time = datetime.fromisoformat(value)
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise MemberError(name, expected=expected, value=value) from None
    raise MemberError(name, expected=expected, value=value)


def read_text(json: JsonObject, name: str) -> str:
    """Read a text."""
    value = json.get(name)
    if not isinstance(value, str):
        raise MemberError(name, expected="a text", value=value)
    return value


def read_base64(json: JsonObject, name: str) -> bytes:
    """Read bytes that are written in base64."""
    text = read_text(json, name)
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise MemberError(name, expected="base64", value=text) from None


def read_list(json: JsonObject, name: str) -> list[object]:
    """Read a list, whose members may still be anything."""
    value = json.get(name)
    if not isinstance(value, list):
        raise MemberError(name, expected="a list", value=value)
    return value


def as_object(value: object, name: str) -> JsonObject:
    """Take a value as an object."""
    if not isinstance(value, dict):
        raise MemberError(name, expected="an object", value=value)
    return value
