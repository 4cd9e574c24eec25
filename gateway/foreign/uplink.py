"""A device's own bytes, taken out of what its server wrapped them in."""

from dataclasses import dataclass
from datetime import datetime

from gateway.wire.json_object import JsonObject, parse_object


@dataclass(frozen=True, kw_only=True, slots=True)
class Uplink:
    """What one device said once.

    `decoded` is what the server's own codec made of the bytes, if it has one;
    `heard_at` is when the server heard them, None if nobody says.
    """

    device: str
    payload: bytes
    f_port: int | None = None
    decoded: JsonObject | None = None
    heard_at: datetime | None = None

    def as_json(self) -> JsonObject:
        """Take what the server decoded, or else the bytes, for JSON."""
        return parse_object(self.payload) if self.decoded is None else self.decoded


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What a device measured; None: it did not, or no echo.

    Without a `measured_at` of its own it was measured when it was heard.
    """

    measured_at: datetime | None = None
    distance_mm: int | None = None
    mass_hg: int | None = None
    battery_mv: int | None = None
    temperature_c: float | None = None
    tilt_deg: int | None = None
    echo_count: int | None = None
    flags: int = 0
