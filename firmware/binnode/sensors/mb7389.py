"""MaxBotix MB7389, ultrasonic, UART (datasheet PD11500, HRXL-MaxSonar-WR series).

300 to 5,000 mm: what is nearer it calls 300, what is farther 5,000 (p. 1), so both ends
mean nothing. 1 %. 148 ms a ping (p. 10). Compensates the speed of sound itself (p. 10);
filters by itself while its pin 4 is high (p. 8). The start is not given in ms there:
what comes later than `warm_up_ms` is waited for awake.
"""

from binnode.sensors import wiring
from binnode.sensors.frames import parse_mb7389
from binnode.sensors.ranging import Limits
from binnode.sensors.serial import Serial

LIMITS = Limits(301, 4999, 5, 10, 160, 300)


class Sensor(Serial):
    """The sensor, running free."""

    def __init__(self, temperature_dc: int) -> None:
        wiring.set_mode(1)
        super().__init__(parse_mb7389, LIMITS.ping_ms)
