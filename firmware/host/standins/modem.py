"""A modem on the serial port, as the world lets it behave: `BIN_MODEM` names how.

`good`; `off` (its key has to be pressed first), `silent`, `babbling`, `no card`,
`refusing` (ERROR to the APN), `searching`, `denied`, `slow` (registers at the tenth
asking), `busy` (NO CARRIER), `no link` (PPP does not come up), `deaf` (does not switch
off by command), `cut` (answers end in the middle), `chatty` (says more than it was
asked, and repeats what it hears). What it was told is in the file `modem`, a line each.
"""

import os

from machine import UART as _Wire  # type: ignore[import-not-found]
from machine import Pin as _Pin
from micropython import const

_PORT = const(1)
_KEY = const(4)
_ANSWERS = {
    b"AT": b"OK",
    b"ATE0": b"OK",
    b"AT+CPIN?": b"+CPIN: READY\r\n\r\nOK",
    b"AT+CNMP=38": b"OK",
    b"AT+CMNB=1": b"OK",
    b"AT+CEREG?": b"+CEREG: 0,1\r\n\r\nOK",
    b"ATD*99#": b"CONNECT 150000000",
    b"AT+CPOWD=1": b"NORMAL POWER DOWN",
}
_INSTEAD = {
    "no card": (b"AT+CPIN?", b"+CME ERROR: SIM not inserted"),
    "refusing": (b"AT+CGDCONT", b"ERROR"),
    "searching": (b"AT+CEREG?", b"+CEREG: 0,2\r\n\r\nOK"),
    "denied": (b"AT+CEREG?", b"+CEREG: 0,3\r\n\r\nOK"),
    "busy": (b"ATD", b"NO CARRIER"),
    "deaf": (b"AT+CPOWD", b"ERROR"),
}
_SLOW_POLLS = const(10)


class Modem:
    """Takes what is written to the port, and has something to be read."""

    def __init__(self) -> None:
        self._how = os.getenv("BIN_MODEM", "good")
        self._heard = b""
        self._said = b""
        self._polls = 0
        self._is_on = self._how != "off"
        self._is_online = False
        if "modem" not in os.listdir():
            open("modem", "w").close()

    def log(self, line: str) -> None:
        """Write down what it was told."""
        with open("modem", "a") as file:
            file.write(line + "\n")

    def is_linked(self) -> bool:
        """Tell whether PPP gets an answer."""
        return self._is_online and self._how != "no link"

    def press(self) -> None:
        """Have the key pressed: on if it is off, and the other way round."""
        self._is_on = not self._is_on
        self._is_online = False
        self.log("key: on" if self._is_on else "key: off")

    def write(self, raw: bytes) -> None:
        """Hear, and answer what is whole."""
        if raw == b"+++":
            self._is_online = False
            return
        self._heard += raw
        while b"\r" in self._heard:
            command, self._heard = self._heard.split(b"\r", 1)
            if self._is_on and self._how != "silent":
                self._obey(command)

    def read(self) -> bytes:
        """Say what is to be said."""
        said, self._said = self._said, b""
        if self._how == "babbling":
            said = b"\xff\x00+CSQ: 99\r\n" * 50
        return said

    def _obey(self, command: bytes) -> None:
        self.log(command.decode())
        answer = self._answer(command)
        self._is_online = answer.startswith(b"CONNECT")
        if answer.startswith(b"NORMAL"):
            self._is_on = False
        if self._how == "chatty":
            answer = command + b"\r\r\n+CPSI: x\r\n\r\n" + answer
        whole = b"\r\n" + answer + b"\r\n"
        self._said += whole[: len(whole) // 2] if self._how == "cut" else whole

    def _answer(self, command: bytes) -> bytes:
        begin, instead = _INSTEAD.get(self._how, (b"none", b""))
        if command.startswith(begin):
            return instead
        if command == b"AT+CEREG?" and self._how == "slow":
            self._polls += 1
            if self._polls < _SLOW_POLLS:
                return b"+CEREG: 0,2\r\n\r\nOK"
        if command.startswith(b"AT+CGDCONT=1,"):
            return b"OK"
        return _ANSWERS.get(command, b"ERROR")


_modem = Modem()


class UART(_Wire):  # type: ignore[misc]
    """The wire of the range sensor, or that of the modem."""

    def __init__(
        self, id: int, baudrate: int = 9600, rx: int = -1, tx: int = -1
    ) -> None:
        _Wire.__init__(self, id, baudrate, rx, tx)
        self._id = id

    def write(self, buf: bytes) -> None:
        """Send."""
        if self._id == _PORT:
            _modem.write(buf)

    def read(self, nbytes: int = -1) -> bytes | None:
        """Take what has come; None when there is nothing."""
        if self._id == _PORT:
            return _modem.read() or None
        raw: bytes | None = _Wire.read(self, nbytes)
        return raw


class Pin(_Pin):  # type: ignore[misc]
    """A pin that nothing listens to, or the modem's key, which acts when let go."""

    def __init__(self, id: int, mode: int = -1, value: int | None = None) -> None:
        _Pin.__init__(self, id, mode, value)
        self._id = id

    def value(self, x: int | None = None) -> None:
        """Set the level."""
        if self._id == _KEY and not x:
            _modem.press()


def log(line: str) -> None:
    """Write down what the modem was told, or the link through it."""
    _modem.log(line)


def is_linked() -> bool:
    """Tell whether PPP gets an answer."""
    return _modem.is_linked()
