"""The loader of a relay: started by MicroPython after every reset."""

from machine import WDT  # type: ignore[import-not-found]

# Before anything else can fail. Joining Wi-Fi may take 9 s, then connecting 11 s; the
# rest is for name look-up, which has no time-out of its own.
watchdog = WDT(timeout=30_000)

from relay import serving  # noqa: E402

serving.run(watchdog)
