"""What a bin would meet outside, told to the stand-ins by the environment."""

import json
import math
import random
import struct
from dataclasses import dataclass, field

_PINGS = 12
_ONE_G = 16000
_FARTHEST_MM = 4500
# Networks in reach: access point, and how strong it is heard, dBm.
DEPOT = {"depot": ("020000000001", -60), "demo": ("020000000002", -70)}


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A moment at a bin. None: that sensor does not answer.

    `uart` replaces what the ultrasonic sensor's wire carries, byte by byte.
    """

    now_s: int
    distance_mm: int | None = 1000
    noise_permille: int = 0
    battery_mv: int = 3700
    temperature_dc: int | None = 150
    tilt_deg: int | None = 0
    networks: dict[str, tuple[str, int]] = field(default_factory=lambda: dict(DEPOT))
    is_power_on: bool = False
    is_clock_right: bool = False
    is_woken_by_pin: bool = False
    seed: int = 0
    uart: bytes | None = None

    def as_environment(self) -> dict[str, str]:
        """Write the world as the stand-ins read it."""
        uart = self._frames() if self.uart is None else self.uart
        return {
            "BIN_NOW": str(self.now_s),
            "BIN_POWER_ON": str(int(self.is_power_on)),
            "BIN_CLOCK_RIGHT": str(int(self.is_clock_right)),
            "BIN_WOKEN_BY_PIN": str(int(self.is_woken_by_pin)),
            "BIN_WIFI": json.dumps(self.networks),
            "BIN_BATTERY_MV": str(self.battery_mv),
            "BIN_UART": uart.hex(),
            "BIN_I2C_48": self._thermometer().hex(),
            "BIN_I2C_19": self._accelerometer().hex(),
        }

    def _frames(self) -> bytes:
        if self.distance_mm is None:
            return b""
        chance = random.Random(self.seed ^ self.now_s)
        return b"".join(self._ping(self.distance_mm, chance) for _ in range(_PINGS))

    def _ping(self, distance_mm: int, chance: random.Random) -> bytes:
        said_mm = distance_mm + chance.randint(-4, 4)
        if chance.randrange(1000) < self.noise_permille:
            said_mm = chance.randrange(_FARTHEST_MM)
        body = struct.pack(">BH", 0xFF, max(0, said_mm))
        return body + bytes([sum(body) & 0xFF])

    def _thermometer(self) -> bytes:
        """TMP102: sixteenths of a degree, twelve bits, left-justified."""
        if self.temperature_dc is None:
            return b""
        return struct.pack(">h", round(self.temperature_dc * 1.6) << 4)

    def _accelerometer(self) -> bytes:
        """LIS3DH: three axes, little endian; one g is 16,000."""
        if self.tilt_deg is None:
            return b""
        tilt = math.radians(self.tilt_deg)
        return struct.pack(
            "<hhh", round(math.sin(tilt) * _ONE_G), 0, round(math.cos(tilt) * _ONE_G)
        )
