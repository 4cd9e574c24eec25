"""LTE-M by PPP over the serial port of a modem (ESP32): then all is as by Wi-Fi."""

import json
from time import sleep_ms  # type: ignore[attr-defined]

from machine import UART, WDT  # type: ignore[import-not-found]
from micropython import const
from network import PPP  # type: ignore[import-not-found]

import binnode
from binnode.deadline import Deadline
from binnode.transports import modem_pins as pins
from binnode.transports.hanging_up import press_key
from binnode.transports.modem import Modem, ModemError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# To start 10 s, the card 6, a network 45, to dial 10, PPP 15, the session 10, to hang
# up 6 and to switch off 6; a wake that hangs costs no more than that. Said again, a
# watchdog takes the new time, and cannot be stopped.
_WATCHDOG_MS = const(120_000)
_PPP_MS = const(15_000)
_POLL_MS = const(50)
_BAUD = const(115_200)


def connect() -> None:
    """Dial in; OSError when the modem or the network will not have it.

    What lives on while the session needs the memory is in `binnode.link`.
    """
    WDT(timeout=_WATCHDOG_MS)
    binnode.until = None
    with open("config.json") as file:
        network = json.load(file)  # checked at the start
    port = _open_port()
    binnode.link = (port, None)
    modem = Modem(port, press_key)
    modem.start()
    modem.dial(network["apn"])
    ppp = PPP(port)
    binnode.link = (port, ppp)
    ppp.active(True)
    user = network.get("apn_user", "")
    if user:
        ppp.connect(security=PPP.SEC_PAP, user=user, key=network.get("apn_password"))
    else:
        ppp.connect()
    deadline = Deadline(_PPP_MS)
    while not ppp.isconnected():
        if not deadline.left_ms():
            raise ModemError("modem: no address from the network")
        sleep_ms(_POLL_MS)


def _open_port() -> "Any":
    return UART(pins.UART_ID, baudrate=_BAUD, rx=pins.RX, tx=pins.TX)
