"""Any device whose server decodes it into the members of our own JSON encoding.

Source: docs/payload.md. One record, as an object, or several, as `records`; what states
no time was measured when the server heard it.
"""

from collections.abc import Iterator

from gateway.foreign.uplink import Measured, Uplink
from gateway.wire.json_object import (
    JsonObject,
    as_object,
    read_integer,
    read_list,
    read_number,
    read_time,
)
from gateway.wire.message import FLAG_CLOCK_UNSET

KINDS = ("json",)


def decode(uplink: Uplink) -> Iterator[Measured]:
    """Read one record, or each of several."""
    body = uplink.as_json()
    records = read_list(body, "records") if "records" in body else [body]
    for each in records:
        yield _read(as_object(each, "record"))


def _read(record: JsonObject) -> Measured:
    flags = read_integer(record, "flags") or 0
    stated_at = read_time(record, "measured_at")
    return Measured(
        measured_at=None if flags & FLAG_CLOCK_UNSET else stated_at,
        distance_mm=read_integer(record, "distance_mm"),
        mass_hg=read_integer(record, "mass_hg"),
        battery_mv=read_integer(record, "battery_mv"),
        temperature_c=read_number(record, "temperature_c"),
        tilt_deg=read_integer(record, "tilt_deg"),
        echo_count=read_integer(record, "echo_count"),
        flags=flags,
    )
