"""Temperature, tilt and knocks.

A sensor that does not answer is "not measured", never a reason to lose a record.
"""

from binnode.payload import TEMPERATURE_UNMEASURED, TILT_UNMEASURED
from binnode.sensors import lis3dh, wiring


def measure(thermometer: str) -> tuple[int, int]:
    """Measure temperature (tenths of a degree) and tilt (degrees from upright)."""
    driver = __import__("binnode.sensors." + thermometer, None, None, ("Thermometer",))
    warm = _try(driver.Thermometer)
    leaning = _try(lis3dh.Accelerometer)
    wiring.nap(max(driver.CONVERSION_MS, lis3dh.SETTLE_MS))
    temperature_dc = _try(warm.read_dc) if warm else None
    tilt_deg = _try(leaning.read_tilt_deg) if leaning else None
    return (
        TEMPERATURE_UNMEASURED if temperature_dc is None else temperature_dc,
        TILT_UNMEASURED if tilt_deg is None else tilt_deg,
    )


def watch_for_knocks(knock_mg: int) -> None:
    """Have a knock end the coming deep sleep."""
    try:
        lis3dh.watch(knock_mg)
    except OSError:
        return  # no accelerometer: its tilt is said to be "not measured"
    wiring.wake_on_motion()


def _try(ask):
    try:
        return ask()
    except OSError:
        return None
