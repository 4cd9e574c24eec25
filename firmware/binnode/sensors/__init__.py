"""Drivers, of which a bin imports those that it has, and what is made of their words.

A range sensor's module has `LIMITS`, of its datasheet, and a `Sensor`, which can
`ping_mm()` (0: nothing heard) once it is warm, and `close()`. A thermometer's has
`CONVERSION_MS` and a `Thermometer`, which begins to measure when it is made, and can
`read_dc()` then. A load cell (`hx711`) is there in place of a range sensor.
"""

import sys

SENSORS = ("a02yyuw", "jsn_sr04t", "mb7389", "vl53l1x", "hx711")
THERMOMETERS = ("tmp102", "ds18b20")


def forget() -> None:
    """Let go of all modules of this package: the next ones need their memory."""
    for name in list(sys.modules):
        if name.startswith(__name__ + "."):
            del sys.modules[name]
            globals().pop(name[len(__name__) + 1 :], None)
