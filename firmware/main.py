"""One wake of a bin: from reset to deep sleep, whatever happens in between."""

import sys
from time import ticks_diff, ticks_ms  # type: ignore[attr-defined]

from binnode import config, power, wake

# Measuring 3 s, Wi-Fi 8 s, session 10 s; the rest is for name look-up.
_WATCHDOG_MS = 30_000
_DEFAULT_SLEEP_S = 900
_SLEEP_MIN_MS = 1_000


def main() -> None:
    """Do one wake."""
    started = ticks_ms()
    power.arm_watchdog(_WATCHDOG_MS)
    sleep_s = _DEFAULT_SLEEP_S
    try:
        settings = config.load("config.json")
        sleep_s = settings.measure_every_s
        wake.run(settings)
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = ticks_diff(ticks_ms(), started)
    power.sleep(max(_SLEEP_MIN_MS, sleep_s * 1000 - awake_ms))


main()
