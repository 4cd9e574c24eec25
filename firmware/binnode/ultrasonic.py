"""Ask the A02YYUW ultrasonic sensor for a distance (ESP32)."""

from time import sleep_ms  # type: ignore[attr-defined]

from machine import UART, Pin  # type: ignore[import-not-found]
from micropython import const

from binnode import pins
from binnode.deadline import Deadline
from binnode.ranging import Distance, parse_frames, summarise

_PINGS = const(9)
# Start-up, then a frame every 100 ms in real-time mode (wiki.dfrobot.com,
# SEN0311); the rest is margin.
_DEADLINE_MS = const(2500)
_POLL_MS = const(20)


def measure() -> Distance:
    """Power the sensor, take several pings, and say what they agree on."""
    rail = Pin(pins.SENSOR_POWER, Pin.OUT, value=1)
    # Low: every ping as it is. High: the sensor's own slow filter.
    Pin(pins.SENSOR_MODE, Pin.OUT, value=0)
    uart = UART(2, baudrate=9600, rx=pins.SENSOR_RX, tx=pins.SENSOR_TX)
    try:
        return summarise(_collect(uart), _PINGS)
    finally:
        uart.deinit()
        rail.value(0)


def _collect(uart: UART) -> list[int]:
    deadline = Deadline(_DEADLINE_MS)
    pings_mm: list[int] = []
    rest = b""
    while deadline.left_ms():
        found_mm, rest = parse_frames(rest + (uart.read() or b""))
        pings_mm += found_mm
        if len(pings_mm) >= _PINGS:
            break
        sleep_ms(_POLL_MS)
    return pings_mm[:_PINGS]
