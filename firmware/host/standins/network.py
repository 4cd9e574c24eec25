"""The ESP32's `network` on the host: the host's own network, as `BIN_WIFI` lets it.

`BIN_WIFI` is JSON: for each network in reach its access point (hex) and how strong it
is heard, dBm. How long joining and DHCP take is published (`sim/published.py`); a scan
is some 110 ms on each of 13 channels.
"""

import json
import os
from time import sleep_ms, ticks_add, ticks_diff, ticks_ms  # type: ignore[attr-defined]

from micropython import const

_SCAN_MS = const(1500)
_JOIN_MS = const(664)
_DHCP_MS = const(892)
_NO_ADDRESS = ("0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0")
_ADDRESS = ("192.168.4.17", "255.255.255.0", "192.168.4.1", "192.168.4.1")


class WLAN:
    """A station that joins what is in reach."""

    IF_STA = 0

    def __init__(self, interface_id: int = IF_STA) -> None:
        self._reach = json.loads(os.getenv("BIN_WIFI", "{}"))
        self._address = _NO_ADDRESS
        self._is_joining = False
        self._joined_at = 0

    def active(self, is_active: bool | None = None) -> None:
        """Switch the radio."""

    def scan(self) -> list[tuple[bytes, bytes, int, int, int, bool]]:
        """List access points: name, address, channel, strength, security, hidden."""
        sleep_ms(_SCAN_MS)
        theirs = (b"caf\xe9", b"\x02\x00\x00\x00\x00\x03", 1, -30, 3, False)
        return [theirs] + [
            (ssid.encode(), bytes.fromhex(bssid), 6, rssi_dbm, 3, False)
            for ssid, (bssid, rssi_dbm) in self._reach.items()
        ]

    def connect(
        self, ssid: str = "", key: str = "", *, bssid: bytes | None = None
    ) -> None:
        """Begin to join."""
        there = self._reach.get(ssid)
        is_there = there is not None and bssid in (None, bytes.fromhex(there[0]))
        is_by_dhcp = self._address == _NO_ADDRESS
        took_ms = _JOIN_MS + (_DHCP_MS if is_by_dhcp else 0)
        self._is_joining = is_there
        self._joined_at = ticks_add(ticks_ms(), took_ms)

    def disconnect(self) -> None:
        """Give up joining."""
        self._is_joining = False

    def isconnected(self) -> bool:
        """Tell whether there is a network, and an address in it."""
        if not self._is_joining or ticks_diff(self._joined_at, ticks_ms()) > 0:
            return False
        if self._address == _NO_ADDRESS:
            self._address = _ADDRESS
        return True

    def ifconfig(
        self, ip_mask_gateway_dns: tuple[str, str, str, str] | None = None
    ) -> tuple[str, str, str, str]:
        """Tell the address, or take one without asking."""
        if ip_mask_gateway_dns is not None:
            self._address = ip_mask_gateway_dns
        return self._address

    def ipconfig(self, dhcp4: bool = True) -> None:
        """Ask for an address again."""
        self._address = _NO_ADDRESS


# What is seldom there is in files of its own, see `machine`.
if os.getenv("BIN_AIR"):
    import air  # type: ignore[import-not-found]

    WLAN = air.WLAN  # type: ignore[misc]
if os.getenv("BIN_MODEM"):
    import ppp  # type: ignore[import-not-found]

    PPP = ppp.PPP
