"""JSN-SR04T, ultrasonic, trigger and echo (maker's sheet, versions 2 and 3, mode 1).

Blind below 250 mm, 4,500 mm at most, 10 mm. A trigger of 20 us; without an echo the
line falls after 60 ms, so that is the pace. It times, and we know how warm it is.
"""

from micropython import const

from binnode.sensors import wiring
from binnode.sensors.ranging import Limits
from binnode.sensors.sound import echo_mm

LIMITS = Limits(250, 4500, 10, 3, 100, 60)

_TIMEOUT_US = const(60_000)


class Sensor:
    """The sensor; between pings the chip sleeps lightly."""

    def __init__(self, temperature_dc: int) -> None:
        self._temperature_dc = temperature_dc

    def ping_mm(self) -> int:
        """Trigger one ping and time its echo; 0 if none comes."""
        echo_us = wiring.time_echo_us(_TIMEOUT_US)
        # Earlier pings must have died away.
        wiring.nap(LIMITS.ping_ms)
        return echo_mm(echo_us, self._temperature_dc) if echo_us > 0 else 0

    def close(self) -> None:
        """Nothing is open."""
