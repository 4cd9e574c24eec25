"""DYP A02YYUW, ultrasonic, UART (DFRobot SEN0311, wiki.dfrobot.com, rev. 2026-01-21).

30 to 4,500 mm, 10 mm + 0.3 %; a frame every 100 ms in real-time mode. How long it takes
to start is not published: what comes later than `warm_up_ms` is waited for awake. Nor
is whether it compensates the speed of sound, so its distance is taken as it is.
"""

from binnode.sensors.frames import parse_a02yyuw
from binnode.sensors.ranging import Limits
from binnode.sensors.serial import Serial

LIMITS = Limits(30, 4500, 10, 3, 300, 240)


class Sensor(Serial):
    """The sensor, with every ping as it is, as its mode is low: its filter is slow."""

    def __init__(self, temperature_dc: int) -> None:
        super().__init__(parse_a02yyuw, LIMITS.ping_ms)
