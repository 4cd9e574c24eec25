"""Power the range sensor, ping as often as it takes, and say what is believed."""

from micropython import const

from binnode.deadline import Deadline
from binnode.payload import NO_ECHO
from binnode.sensors import wiring
from binnode.sensors.ranging import Distance, find_distance

_DEADLINE_MS = const(3500)


def measure(
    sensor: str,
    temperature_dc: int,
    *,
    known_mm: int,
    is_fresh: bool,
    is_between: bool,
) -> Distance:
    """Measure the distance from the sensor to the surface.

    Parameters
    ----------
    sensor
        Module of its driver in `binnode.sensors`; only that is imported.
    known_mm, is_fresh, is_between
        As for `ranging.find_distance`.
    """
    driver = __import__("binnode.sensors." + sensor, None, None, ("Sensor",))
    wiring.switch_sensor(True)
    try:
        wiring.nap(driver.LIMITS.warm_up_ms)
        opened = driver.Sensor(temperature_dc)
        try:
            deadline = Deadline(_DEADLINE_MS)
            return find_distance(
                opened.ping_mm,
                deadline.left_ms,
                driver.LIMITS,
                known_mm=known_mm,
                is_fresh=is_fresh,
                is_between=is_between,
            )
        finally:
            opened.close()
    except OSError:
        return Distance(0, 0, NO_ECHO)
    finally:
        wiring.switch_sensor(False)
