"""What is said to a SIM7080G or SIM7000 modem, and how long is waited for what.

Commands: SIM7080 Series AT Command Manual V1.02 and SIM7000 Series AT Command Manual
V1.04, which agree in all that is used here; dialling and the way back to commands are
V.250 (`ATD`, `+++`). Pulses and times: SIM7080 Hardware Design V1.04, "Power on/off",
and the SIM7000's, whose longer times are taken. Written from memory of all of them:
to be held against them before a modem is bought.
"""

from time import sleep_ms  # type: ignore[attr-defined]

from micropython import const

from binnode.deadline import Deadline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_POLL_MS = const(20)
_ANSWER_MS = const(2_000)
# The SIM7000 speaks 4.5 s after its key was pressed.
_START_MS = const(8_000)
_SIM_MS = const(6_000)
_REGISTER_MS = const(45_000)
_REGISTER_POLL_MS = const(500)
_DIAL_MS = const(10_000)
# Somebody who talks without an end fills no memory.
_HEARD_BYTES_MAX = const(512)
_FINAL = (b"OK", b"CONNECT", b"ERROR", b"NO CARRIER", b"BUSY", b"NO DIALTONE")
_GOOD = (b"OK", b"CONNECT")
# +CEREG: at home, roaming; 3: the network refuses this card.
_REGISTERED = (b"1", b"5")
_DENIED = b"3"


class ModemError(OSError):
    """The modem refused, or did not answer in time; the message says to what."""


class Modem:
    """A modem on a serial port; `press` presses its key."""

    def __init__(self, port: "Any", press: "Any") -> None:
        self._port = port
        self._press = press

    def start(self) -> None:
        """Switch it on and bring it to answer, without an echo.

        Pressed while it is on, the key switches it off: so it is asked first.
        """
        if not self._answers(_ANSWER_MS):
            self._press()
            if not self._answers(_START_MS):
                raise ModemError("modem: silent")
        self.ask("ATE0")

    def dial(self, apn: str) -> None:
        """Register at an LTE-M network, and change to data."""
        self._await_answer("AT+CPIN?", b"READY", _SIM_MS)
        self.ask("AT+CNMP=38")  # LTE only
        self.ask("AT+CMNB=1")  # and of that CAT-M
        self.ask(f'AT+CGDCONT=1,"IP","{apn}"')
        self._register()
        self.ask("ATD*99#", _DIAL_MS)

    def ask(self, command: str, wait_ms: int = _ANSWER_MS) -> bytes:
        """Give a command; tell all that was heard up to its good end."""
        self._say(command)
        heard = self._hear(wait_ms)
        if _last_of(heard) not in _GOOD:
            raise ModemError(f"modem: {command}: {heard[-40:]!r}")
        return heard

    def _register(self) -> None:
        deadline = Deadline(_REGISTER_MS)
        while deadline.left_ms():
            state = _state_of(self.ask("AT+CEREG?"))
            if state in _REGISTERED:
                return
            if state == _DENIED:
                raise ModemError("modem: the network refuses this card")
            sleep_ms(_REGISTER_POLL_MS)
        raise ModemError("modem: no network")

    def _await_answer(self, command: str, word: bytes, wait_ms: int) -> None:
        """Ask until the answer has a word: a card takes a while to be read."""
        deadline = Deadline(wait_ms)
        heard = b""
        while deadline.left_ms():
            self._say(command)
            heard = self._hear(_ANSWER_MS)
            if word in heard and _last_of(heard) == b"OK":
                return
            sleep_ms(_REGISTER_POLL_MS)
        raise ModemError(f"modem: {command}: {heard[-40:]!r}")

    def _answers(self, wait_ms: int) -> bool:
        deadline = Deadline(wait_ms)
        while deadline.left_ms():
            self._say("AT")
            if _last_of(self._hear(_REGISTER_POLL_MS)) == b"OK":
                return True
        return False

    def _say(self, command: str) -> None:
        self._port.read()  # what nobody waited for
        self._port.write(command.encode() + b"\r")

    def _hear(self, wait_ms: int) -> bytes:
        """Hear lines up to one that ends an answer."""
        deadline = Deadline(wait_ms)
        heard = b""
        while deadline.left_ms() and not _last_of(heard):
            sleep_ms(_POLL_MS)
            heard = (heard + (self._port.read() or b""))[-_HEARD_BYTES_MAX:]
        return heard


def _last_of(heard: bytes) -> bytes:
    """Tell the line that ends an answer; nothing as long as there is none."""
    lines = heard.split(b"\r\n")
    # What follows the last line end is not whole yet.
    for line in reversed(lines[:-1]):
        for final in _FINAL:
            if line.startswith(final) or b"ERROR" in line:
                return final if line.startswith(final) else b"ERROR"
    return b""


def _state_of(heard: bytes) -> bytes:
    """Read the state of `+CEREG: <n>,<state>[,…]`; nothing where there is none."""
    for line in heard.split(b"\r\n"):
        if line.startswith(b"+CEREG: "):
            return (line + b",").split(b",")[1].strip()
    return b""
