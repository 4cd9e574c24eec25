"""Wi-Fi, for as short as possible (ESP32).

Joining the access point of the last time under the address of the last time takes half
of what asking for an address does (published: 734 of 1,626 ms), and looking for one is
as long again. So both are kept in flash, which is written only when they change.
"""

import json
from time import sleep_ms  # type: ignore[attr-defined]

from esp32 import NVS  # type: ignore[import-not-found]
from micropython import const
from network import WLAN  # type: ignore[import-not-found]

import binnode
from binnode.deadline import Deadline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_POLL_MS = const(20)
_JOIN_MS = const(9000)  # for all of it
_AGAIN_MS = const(2500)  # for the place of the last time; then one is looked for
_EACH_MS = const(4000)  # wrong password, no address: there may be another one
_TRIED_MAX = const(3)
# Half of a usual lease: when a client asks again (RFC 2131, section 4.4.5).
_LEASE_S = const(43200)
_PLACE_BYTES = const(256)
_PLACE_FIELDS = const(4)
_KEY = "place"

NOWHERE = const(0)
ANEW = const(1)
AGAIN = const(2)


def connect(networks: dict[str, str], now_s: int) -> int:
    """Join the place of the last time, or the strongest network that lets us in.

    Tells which of them it was: `AGAIN`, `ANEW`, or `NOWHERE`.

    Parameters
    ----------
    networks
        Their names, and the password of each.
    """
    deadline = Deadline(_JOIN_MS, binnode.until)
    station = WLAN(WLAN.IF_STA)
    station.active(True)
    place = _recall(networks)
    if place:
        ssid, bssid, address, since_s = place
        is_ours = abs(now_s - since_s) < _LEASE_S
        if is_ours:
            station.ifconfig(tuple(address))
        if _join(station, ssid, networks[ssid], bssid, Deadline(_AGAIN_MS, deadline)):
            if not is_ours:
                _keep([ssid, bssid, station.ifconfig(), now_s])
            return AGAIN if is_ours else ANEW
        station.disconnect()
        station.ipconfig(dhcp4=True)
    for ssid, bssid in _look(station, networks):
        if _join(station, ssid, networks[ssid], bssid, Deadline(_EACH_MS, deadline)):
            _keep([ssid, bssid, station.ifconfig(), now_s])
            return ANEW
        station.disconnect()
    print("wifi: not let in by any of", ", ".join(networks))
    return NOWHERE


def forget() -> None:
    """Look for a place anew next time: this one led nowhere."""
    kept = NVS("wifi")
    try:
        kept.erase_key(_KEY)
    except OSError:
        return  # there is none
    kept.commit()


def off() -> None:
    """Switch the radio off."""
    WLAN(WLAN.IF_STA).active(False)


def _look(station: WLAN, networks: dict[str, str]) -> list[tuple[str, str]]:
    """Find the access points of known networks, strongest first; names, addresses."""
    # As bytes: what others call their networks need not be text.
    names = {ssid.encode(): ssid for ssid in networks}
    seen = [each for each in station.scan() if each[0] in names]
    seen.sort(key=lambda each: -each[3])
    return [(names[each[0]], each[1].hex()) for each in seen[:_TRIED_MAX]]


def _join(station: WLAN, ssid: str, key: str, bssid: str, deadline: Deadline) -> bool:
    station.connect(ssid, key, bssid=bytes.fromhex(bssid))
    while not station.isconnected():
        if not deadline.left_ms():
            return False
        sleep_ms(_POLL_MS)
    return True


# A place: network, access point, address as `ifconfig` has it, since when, s.
def _recall(networks: dict[str, str]) -> "list[Any] | None":
    """Read the place of the last time."""
    raw = bytearray(_PLACE_BYTES)
    try:
        size = NVS("wifi").get_blob(_KEY, raw)
        place: list[Any] = json.loads(bytes(raw[:size]))
        is_known = len(place) == _PLACE_FIELDS and place[0] in networks
    except (OSError, ValueError, TypeError):
        return None
    return place if is_known else None


def _keep(place: "list[Any]") -> None:
    kept = NVS("wifi")
    kept.set_blob(_KEY, json.dumps(place).encode())
    kept.commit()
