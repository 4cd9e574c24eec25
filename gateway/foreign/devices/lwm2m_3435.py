"""OMA LwM2M object 3435, filling level: by the names or numbers of its resources.

Source: OpenMobileAlliance/lwm2m-registry, 3435.xml (uCIFI, version 2.0); SenML JSON:
RFC 8428. Heights are whole centimetres. A level counts from the bottom up, a distance
from the sensor down, so the container's height has to be in the message; the bin is
then calibrated with that height as empty and 0 as full.

An object of members (`"Actual filling percentage": 40`, or `"2": 40`), or `senml`, a
list of records whose names end in `3435/<instance>/<resource>`; beside it `3303/0/5700`
is a temperature and `3/0/7` a battery voltage.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from gateway.errors import MemberError
from gateway.foreign.uplink import Measured, Uplink
from gateway.wire.json_object import (
    JsonObject,
    as_object,
    read_boolean,
    read_list,
    read_number,
    read_time,
)
from gateway.wire.message import FLAG_HOT, FLAG_NO_ECHO, FLAG_NOISY, FLAG_TILTED

KINDS = ("lwm2m-3435",)

HEIGHT = "Container height"
PERCENTAGE, LEVEL = "Actual filling percentage", "Actual filling level"
OUT_OF_POSITION, COVER_OPEN = "Container out of position", "Cover open"
HEAT, TIMESTAMP = "Temperature alarm", "Timestamp"
QUALITY = "Measurement Quality Indicator"
TEMPERATURE, VOLTAGE = "temperature_c", "battery_mv"
RESOURCES = {
    "1": HEIGHT,
    "2": PERCENTAGE,
    "3": LEVEL,
    "13": OUT_OF_POSITION,
    "21": COVER_OPEN,
    "22": HEAT,
    "5518": TIMESTAMP,
    "6042": QUALITY,
}
PATHS = {"3303/0/5700": TEMPERATURE, "3/0/7": VOLTAGE, "3/0/7/0": VOLTAGE}
PATH = re.compile(r"/?3435/(\d+)/(\d+)")
VALUES = ("v", "vb", "vs")
# Relative times begin where an absolute one would be in 1978 (RFC 8428, 4.5.3).
EARLIEST_ABSOLUTE_S = 2**28
REJECTED, SUSPICIOUS = (1,), (2, 3)
MM_PER_CM = 10
MAX_FILL_FRACTION = 1.1  # more than it holds, as far as a bin can be heaped


def decode(uplink: Uplink) -> Iterator[Measured]:
    """Turn levels, or percentages, into distances."""
    body = uplink.as_json()
    if "senml" not in body:
        yield _read(_read_members(body), read_time(body, "measured_at"))
        return
    for at_s, resources in _read_senml(read_list(body, "senml")).items():
        yield _read(resources, _as_time(at_s) or read_time(body, "measured_at"))


def _read(resources: JsonObject, at: datetime | None) -> Measured:
    flags = _read_flags(resources)
    return Measured(
        measured_at=_as_time(read_number(resources, TIMESTAMP)) or at,
        distance_mm=None if flags & FLAG_NO_ECHO else _read_distance_mm(resources),
        battery_mv=_round(read_number(resources, VOLTAGE)),
        temperature_c=read_number(resources, TEMPERATURE),
        flags=flags,
    )


def _read_members(body: JsonObject) -> JsonObject:
    names = (*RESOURCES.values(), TEMPERATURE, VOLTAGE)
    known = RESOURCES | {name: name for name in names}
    return {known[name]: value for name, value in body.items() if name in known}


def _read_senml(pack: list[object]) -> dict[float | None, JsonObject]:
    """Sort the records of a pack by their times; the height holds for all of them."""
    at: dict[float | None, JsonObject] = {}
    lasting: JsonObject = {}
    instances = set()
    for path, at_s, value in _resolve(pack):
        match = PATH.search(path)
        if match is not None:
            instances.add(match[1])
        name = PATHS.get(path.lstrip("/")) if match is None else RESOURCES.get(match[2])
        if name == HEIGHT:
            lasting[name] = value
        elif name is not None:
            at.setdefault(at_s, {})[name] = value
    if len(instances) > 1:
        named = sorted(instances)
        raise MemberError("senml", expected="one instance of 3435", value=named)
    return {at_s: lasting | resources for at_s, resources in at.items()}


def _resolve(pack: list[object]) -> Iterator[tuple[str, float | None, object]]:
    """Resolve the records of a pack: full names, absolute times (RFC 8428, 4.6)."""
    base_name, base_s = "", 0.0
    for each in pack:
        record = as_object(each, "senml")
        base_name = str(record.get("bn", base_name))
        base_s = read_number(record, "bt") or base_s
        at_s = base_s + (read_number(record, "t") or 0.0)
        value = next((record[name] for name in VALUES if name in record), None)
        is_absolute = at_s >= EARLIEST_ABSOLUTE_S
        yield base_name + str(record.get("n", "")), at_s if is_absolute else None, value


def _read_distance_mm(resources: JsonObject) -> int | None:
    height_cm, filled = read_number(resources, HEIGHT), _read_fill(resources)
    if filled is None and resources.keys() & {TEMPERATURE, VOLTAGE}:
        return None
    if height_cm is None or height_cm <= 0:
        expected = "the height that makes a level a distance"
        raise MemberError(f"{HEIGHT} (1)", expected=expected, value=height_cm)
    if filled is None or not 0 <= filled <= MAX_FILL_FRACTION:
        expected = f"0 to {MAX_FILL_FRACTION:.0%}"
        raise MemberError(f"{PERCENTAGE} (2)", expected=expected, value=filled)
    # 0 would say that there was no echo.
    return max(1, _round(height_cm * (1 - filled) * MM_PER_CM) or 0)


def _read_fill(resources: JsonObject) -> float | None:
    height_cm, level_cm = read_number(resources, HEIGHT), read_number(resources, LEVEL)
    if height_cm and level_cm is not None:
        return level_cm / height_cm
    percent = read_number(resources, PERCENTAGE)
    return None if percent is None else percent / 100


def _read_flags(resources: JsonObject) -> int:
    quality = read_number(resources, QUALITY)
    is_unseen = read_boolean(resources, COVER_OPEN) or quality in REJECTED
    return (
        (FLAG_NO_ECHO if is_unseen else 0)
        | (FLAG_NOISY if quality in SUSPICIOUS else 0)
        | (FLAG_TILTED if read_boolean(resources, OUT_OF_POSITION) else 0)
        | (FLAG_HOT if read_boolean(resources, HEAT) else 0)
    )


def _as_time(seconds: float | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise MemberError(
            f"{TIMESTAMP} (5518)", expected="seconds since 1970", value=seconds
        ) from None


def _round(value: float | None) -> int | None:
    if value is None:
        return None
    try:
        return round(value)
    except (OverflowError, ValueError):
        raise MemberError("value", expected="a finite number", value=value) from None
