"""Started by MicroPython after every reset; kept short, as it stays source."""

import gc

from machine import WDT  # type: ignore[import-not-found]

# Before anything else can fail. Measuring may take 3 s, Wi-Fi 8 s, the session 10 s;
# the rest is for name look-up, which has no time-out of its own.
WDT(timeout=30_000)

# What importing leaves behind must not scatter what stays: measured, a whole wake
# then fits in 44 KB of heap instead of 56.
gc.threshold(4096)  # type: ignore[attr-defined]

from binnode import wake  # noqa: E402

wake.live("config.json")
