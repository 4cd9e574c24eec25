"""Every sensor on its pins (ESP32, ESP32-C3); what boards differ in is in `pins`."""

from time import sleep_ms, sleep_us  # type: ignore[attr-defined]

import esp32  # type: ignore[import-not-found]
from machine import (  # type: ignore[import-not-found]
    DEEPSLEEP_RESET,
    I2C,
    TIMER_WAKE,
    UART,
    Pin,
    lightsleep,
    reset_cause,
    time_pulse_us,
    wake_reason,
)
from machine import disable_irq as disable_irq
from machine import enable_irq as enable_irq
from micropython import const

from binnode import pins

_TRIGGER_US = const(20)

pause = sleep_ms
# Memory and pins stay as they are, but nothing is heard on the UART.
nap = lightsleep


def switch_sensor(is_on: bool) -> None:
    """Switch the range sensor's supply; its mode is low, so that feeds none without."""
    set_mode(0)
    Pin(pins.SENSOR_POWER, Pin.OUT, value=int(is_on))


def set_mode(level: int) -> Pin:
    """Set the line that tells the sensor how to work."""
    return Pin(pins.SENSOR_MODE, Pin.OUT, value=level)


def open_uart() -> UART:
    """Open the serial line of the range sensor."""
    return UART(pins.SENSOR_UART, baudrate=9600, rx=pins.SENSOR_RX, tx=pins.SENSOR_TX)


def open_bus() -> I2C:
    """Open the bus of the small chips."""
    return I2C(0, scl=Pin(pins.I2C_SCL), sda=Pin(pins.I2C_SDA), freq=100_000)


def open_one_wire():
    """Open the wire of a DS18B20; OSError on a board that has none."""
    if pins.ONE_WIRE is None:
        raise OSError("no 1-Wire on this board")
    from ds18x20 import DS18X20  # type: ignore[import-not-found]
    from onewire import OneWire  # type: ignore[import-not-found]

    return DS18X20(OneWire(Pin(pins.ONE_WIRE)))


def time_echo_us(timeout_us: int) -> int:
    """Trigger a ping and time how long the echo line is high; below 0: no echo."""
    trigger = set_mode(1)
    sleep_us(_TRIGGER_US)
    trigger.value(0)
    return int(time_pulse_us(listen(), 1, timeout_us))


def listen() -> Pin:
    """Listen to the sensor's line; of one that is not there it is high."""
    return Pin(pins.SENSOR_RX, Pin.IN, Pin.PULL_UP)


def wake_on_motion() -> None:
    """Let the accelerometer's pin end deep sleep."""
    pin = Pin(pins.MOTION_WAKE, Pin.IN)
    if pins.HAS_EXT0:
        esp32.wake_on_ext0(pin, esp32.WAKEUP_ANY_HIGH)
    else:
        esp32.wake_on_gpio((pin,), esp32.WAKEUP_ANY_HIGH)


def was_woken_by_pin() -> bool:
    """Tell whether a pin ended deep sleep: on some chips it has a number of its own."""
    return reset_cause() == DEEPSLEEP_RESET and wake_reason() != TIMER_WAKE
