"""What a bin would meet outside, told to the stand-ins by the environment."""

import json
import math
import random
import struct
from dataclasses import dataclass, field
from pathlib import Path

_PINGS = 33  # what a wake in doubt makes
_ONE_G = 16000
_FARTHEST_MM = 4500
# Networks in reach: access point, and how strong it is heard, dBm.
DEPOT = {"depot": ("020000000001", -60), "demo": ("020000000002", -70)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Air:
    """Where a station speaks ESP-NOW, see `standins/espnow.py`.

    `lost` numbers the frames, from 0, that it does not hear in this wake.
    """

    folder: Path
    mac: str
    lost: tuple[int, ...] = ()

    def as_environment(self) -> dict[str, str]:
        """Write it as the stand-ins read it."""
        return {
            "BIN_AIR": str(self.folder),
            "BIN_MAC": self.mac,
            "BIN_AIR_LOSES": " ".join(map(str, self.lost)),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A moment at a bin. None: that sensor does not answer.

    `pings_mm` replaces what the range sensor says, ping by ping; 0: nothing heard.
    `uart` replaces what the wire of a serial one carries, all of it at once; otherwise
    `sensor` says whose frames those are, and how soon one follows the other. The other
    sensors are there all the time, but a load cell, `hx711`: 1,000 more each 100 g.
    `air` is for a bin that reports to a relay; `modem` says how that of LTE-M behaves.
    """

    now_s: int
    distance_mm: int | None = 1000
    mass_hg: int | None = 400
    noise_permille: int = 0
    battery_mv: int = 3700
    temperature_dc: int | None = 150
    tilt_deg: int | None = 0
    networks: dict[str, tuple[str, int]] = field(default_factory=lambda: dict(DEPOT))
    is_power_on: bool = False
    is_clock_right: bool = False
    is_woken_by_pin: bool = False
    seed: int = 0
    sensor: str = "a02yyuw"
    pings_mm: tuple[int, ...] | None = None
    uart: bytes | None = None
    air: "Air | None" = None
    modem: str | None = None

    def as_environment(self) -> dict[str, str]:
        """Write the world as the stand-ins read it."""
        return {
            "BIN_NOW": str(self.now_s),
            "BIN_POWER_ON": str(int(self.is_power_on)),
            "BIN_CLOCK_RIGHT": str(int(self.is_clock_right)),
            "BIN_WOKEN_BY_PIN": str(int(self.is_woken_by_pin)),
            "BIN_WIFI": json.dumps(self.networks),
            "BIN_BATTERY_MV": str(self.battery_mv),
            **self._wire(),
            "BIN_CELL": self._conversions(),
            "BIN_ECHOES_US": " ".join(self._echoes_us()),
            "BIN_I2C_29": self._laser(),
            "BIN_I2C_48": self._thermometer().hex(),
            "BIN_DS18B20": self._scratchpad().hex(),
            "BIN_I2C_19": self._accelerometer().hex(),
            **(self.air.as_environment() if self.air else {}),
            **({"BIN_MODEM": self.modem} if self.modem else {}),
        }

    def _wire(self) -> dict[str, str]:
        """Say what is on the UART, and how much time there is from piece to piece."""
        frame, every_ms = FRAMES.get(self.sensor, FRAMES["a02yyuw"])
        if self.uart is None:
            pieces = [frame(each_mm) for each_mm in self._pings_mm()]
        else:
            pieces = [self.uart]
        said = {f"BIN_UART_{number}": raw.hex() for number, raw in enumerate(pieces)}
        return said | {"BIN_UART_MS": str(every_ms)}

    def _pings_mm(self) -> tuple[int, ...]:
        if self.pings_mm is not None:
            return self.pings_mm
        if self.distance_mm is None:
            return ()
        chance = random.Random(self.seed ^ self.now_s)
        return tuple(self._ping_mm(self.distance_mm, chance) for _ in range(_PINGS))

    def _ping_mm(self, distance_mm: int, chance: random.Random) -> int:
        said_mm = distance_mm + chance.randint(-4, 4)
        if chance.randrange(1000) < self.noise_permille:
            said_mm = chance.randrange(_FARTHEST_MM)
        return max(0, said_mm)

    def _echoes_us(self) -> list[str]:
        """JSN-SR04T: how long sound was under way, there and back."""
        temperature_c = 15 if self.temperature_dc is None else self.temperature_dc / 10
        mm_us = (331.3 + 0.606 * temperature_c) / 1000
        return [str(round(2 * each_mm / mm_us)) for each_mm in self._pings_mm()]

    def _conversions(self) -> str:
        """HX711: ready, then 24 bits, each time; 1,000 a step of 100 g."""
        if self.mass_hg is None or self.sensor != "hx711":
            return ""  # what no bin hears would lie on its heap
        chance = random.Random(self.seed ^ self.now_s)
        counts = [1000 * self.mass_hg + chance.randint(-90, 90) for _ in range(_PINGS)]
        return "".join(f"00{each & 0xFFFFFF:024b}" for each in counts)

    def _laser(self) -> str:
        """VL53L1X: booted, ready, a valid range; all registers of 16 bits."""
        status, mm = (9, self.distance_mm) if self.distance_mm is not None else (0, 0)
        return f"00E5=03 0031=03 0089={status:02X} 0096={mm:04X}"

    def _thermometer(self) -> bytes:
        """TMP102: sixteenths of a degree, twelve bits, left-justified."""
        if self.temperature_dc is None:
            return b""
        return struct.pack(">h", round(self.temperature_dc * 1.6) << 4)

    def _scratchpad(self) -> bytes:
        """DS18B20: sixteenths of a degree, seven bytes of other things, their sum."""
        if self.temperature_dc is None:
            return b""
        body = struct.pack("<h6x", round(self.temperature_dc * 1.6))
        return body + bytes([_crc8(body)])

    def _accelerometer(self) -> bytes:
        """LIS3DH: three axes, little endian; one g is 16,000."""
        if self.tilt_deg is None:
            return b""
        tilt = math.radians(self.tilt_deg)
        return struct.pack(
            "<hhh", round(math.sin(tilt) * _ONE_G), 0, round(math.cos(tilt) * _ONE_G)
        )


def _frame_a02yyuw(distance_mm: int) -> bytes:
    body = struct.pack(">BH", 0xFF, distance_mm)
    return body + bytes([sum(body) & 0xFF])


def _frame_mb7389(distance_mm: int) -> bytes:
    return b"R%04d\r" % distance_mm


# Of the serial sensors: a frame, and the ms from one to the next (see their drivers).
FRAMES = {"a02yyuw": (_frame_a02yyuw, 100), "mb7389": (_frame_mb7389, 148)}


def _crc8(raw: bytes) -> int:
    """Sum up as 1-Wire does: x^8 + x^5 + x^4 + 1, lowest bit first."""
    crc = 0
    for byte in raw:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x8C if crc & 1 else 0)
    return crc
