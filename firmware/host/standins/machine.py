"""The ESP32's `machine` on the host: the world in `BIN_*`, state in the working folder.

Only what the firmware uses; a test holds every name against the chip's stubs.
"""

import os
from time import sleep_ms, ticks_diff, ticks_ms  # type: ignore[attr-defined]

from micropython import const

_RTC_FILE = "rtc_memory"
_RTC_BYTES = const(2048)

# What `reset_cause` and `wake_reason` tell apart.
PWRON_RESET = 1
DEEPSLEEP_RESET = 4
PIN_WAKE = 2
TIMER_WAKE = 4

if os.getenv("BIN_POWER_ON") == "1":
    open(_RTC_FILE, "wb").close()
# What this wake writes to the chips of the bus, for who wants to know.
open("i2c_writes", "w").close()


def deepsleep(time_ms: int = 0) -> None:
    """End this wake: on the host, the process."""
    with open("sleep_ms", "w") as file:
        file.write(str(time_ms))
    raise SystemExit(0)


def lightsleep(time_ms: int = 0) -> None:
    """Pause; memory and pins stay as they are, and no UART hears anything."""
    sleep_ms(time_ms)
    _go_on()


def freq(hz: int) -> None:
    """Set the clock of the processor."""


def reset_cause() -> int:
    """Tell how this wake began: by power, or out of deep sleep."""
    return PWRON_RESET if os.getenv("BIN_POWER_ON") == "1" else DEEPSLEEP_RESET


def wake_reason() -> int:
    """Tell what ended deep sleep: the timer, or a pin."""
    return PIN_WAKE if os.getenv("BIN_WOKEN_BY_PIN") == "1" else TIMER_WAKE


class RTC:
    """Memory and a clock that survive deep sleep."""

    def datetime(self, datetimetuple: tuple[int, ...]) -> None:
        """Set the clock: year, month, day, weekday, hour, minute, second, and less."""
        import utime  # type: ignore[import-not-found]

        clock_s = utime.mktime(datetimetuple[:3] + datetimetuple[4:7] + (0, 0))
        with open("clock_skew", "w") as file:
            file.write(str(clock_s - int(os.getenv("BIN_NOW", "0"))))

    def memory(self, data: bytes | None = None) -> bytes | None:
        """Read it, or write it."""
        if data is None:
            with open(_RTC_FILE, "rb") as file:
                return file.read(_RTC_BYTES)
        if len(data) > _RTC_BYTES:
            raise ValueError("buffer too long")
        # In place, as the chip does: whatever happens, it is never empty.
        with open(_RTC_FILE, "r+b") as file:
            file.write(data)
        return None


class WDT:
    """The watchdog; on the host, the time-out of `run_wake` bites."""

    def __init__(self, timeout: int = 5000) -> None:
        pass

    def feed(self) -> None:
        """Say that all is well."""


class Pin:
    """A pin that nothing on the host listens to; what is read is the load cell's."""

    IN = 1
    OUT = 3
    PULL_UP = 2

    def __init__(
        self, id: int, mode: int = -1, pull: int = -1, value: int | None = None
    ) -> None:
        pass

    def value(self, x: int | None = None) -> int | None:
        """Set the level, or read the next one of the load cell; no more is high."""
        if x is None:
            from cell import read  # type: ignore[import-not-found]

            return int(read())
        return None


disable_irq = int  # nothing interrupts: the state is 0
enable_irq = int
_echoes = [0]


def time_pulse_us(pin: Pin, pulse_level: int, timeout_us: int = 1000000) -> int:
    """Time the next echo; -2 when it does not begin in time."""
    echoes_us = os.getenv("BIN_ECHOES_US", "").split()
    _echoes[0] += 1
    return int(echoes_us[_echoes[0] - 1]) if _echoes[0] <= len(echoes_us) else -2


class ADC:
    """The battery behind its divider."""

    ATTN_11DB = 3

    def __init__(self, pin: Pin, atten: int = 0) -> None:
        pass

    def read_uv(self) -> int:
        """Measure microvolts at the pin."""
        return int(os.getenv("BIN_BATTERY_MV", "0")) * 1000 // 2


# Of what a serial sensor says: since when, and how many pieces are over.
_wire = [0, 0]


def _go_on() -> range:
    """Tell which pieces have come since the last time."""
    every_ms = int(os.getenv("BIN_UART_MS", "100"))
    begin = _wire[1]
    # When the first begins nobody published: after half of that, in the mean.
    _wire[1] = (ticks_diff(ticks_ms(), _wire[0]) + every_ms // 2) // every_ms
    return range(begin, _wire[1])


class UART:
    """The wire of a serial range sensor, which talks whether somebody listens or not.

    `BIN_UART_0` and so on are what it says, in hexadecimal; each such piece has come
    `BIN_UART_MS` after the one before.
    """

    def __init__(
        self, id: int, baudrate: int = 9600, rx: int = -1, tx: int = -1
    ) -> None:
        _wire[:] = ticks_ms(), 0

    def read(self, nbytes: int = -1) -> bytes | None:
        """Take what has come; None when there is nothing."""
        said = "".join([os.getenv("BIN_UART_%d" % number, "") for number in _go_on()])
        return bytes.fromhex(said) or None

    def deinit(self) -> None:
        """Close the port."""


class I2C:
    """A bus of chips that answer with the same bytes, each register with its own.

    `BIN_I2C_29` has what chip 29 answers, in hexadecimal: `0096=03E8 0089=09`, or only
    bytes, whatever the register. What is written is left in the file `i2c_writes`.
    """

    def __init__(
        self,
        id: int,
        scl: Pin | None = None,
        sda: Pin | None = None,
        freq: int = 400000,
    ) -> None:
        pass

    def writeto_mem(
        self, addr: int, memaddr: int, buf: bytes, *, addrsize: int = 8
    ) -> None:
        """Write registers."""
        _answers(addr)
        with open("i2c_writes", "a") as file:
            file.write("%02X %02X %s\n" % (addr, memaddr, bytes(buf).hex()))

    def readfrom_mem(
        self, addr: int, memaddr: int, nbytes: int, *, addrsize: int = 8
    ) -> bytes:
        """Read registers; OSError when no chip answers."""
        register = "%04X=" % memaddr
        for each in _answers(addr).split():
            if each.startswith(register) or "=" not in each:
                return bytes.fromhex(each.split("=")[-1])[:nbytes]
        return bytes(nbytes)


def _answers(addr: int) -> str:
    answers = os.getenv("BIN_I2C_%02X" % addr)
    if not answers:
        raise OSError(19)
    return answers


# What is seldom there is in files of its own: what the host needs, a bin has not.
if os.getenv("BIN_MODEM"):
    import modem  # type: ignore[import-not-found]

    UART, Pin = modem.UART, modem.Pin  # type: ignore[misc]
