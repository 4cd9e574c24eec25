"""Wi-Fi, for as short as possible (ESP32).

Joining the access point of the last time under the address of the last time takes half
of what looking for one and asking for an address does (published: 734 of 1,626 ms). So
both are kept in flash, which is written only when they change.
"""

import json
from collections import namedtuple
from time import sleep_ms  # type: ignore[attr-defined]

from esp32 import NVS  # type: ignore[import-not-found]
from micropython import const
from network import WLAN  # type: ignore[import-not-found]

from binnode.deadline import Deadline

_POLL_MS = const(20)
_AGAIN_MS = const(2500)  # for the place of the last time; then one is looked for
# Half of a usual lease: when a client asks again (RFC 2131, section 4.4.5).
_LEASE_S = const(43200)
_PLACE_BYTES = const(256)
_KEY = "place"

NOWHERE, ANEW, AGAIN = const(0), const(1), const(2)

# Where we were last: network, access point, address as `ifconfig` has it, since when.
Place = namedtuple("Place", ("ssid", "bssid", "address", "since_s"))


def connect(networks: dict[str, str], now_s: int, deadline: Deadline) -> int:
    """Join the place of the last time, or the strongest network that is known.

    Tells which of them it was: `AGAIN`, `ANEW`, or `NOWHERE`.

    Parameters
    ----------
    networks
        Their names, and the password of each.
    """
    station = WLAN(WLAN.IF_STA)
    station.active(True)
    place = _recall(networks, now_s)
    if place:
        station.ifconfig(tuple(place.address))
        if _join(station, place, networks, Deadline(_AGAIN_MS, deadline)):
            return AGAIN
        station.disconnect()
        station.ipconfig(dhcp4=True)
    found = _look(station, networks)
    if not found or not _join(station, found, networks, deadline):
        return NOWHERE
    _keep(Place(found.ssid, found.bssid, station.ifconfig(), now_s))
    return ANEW


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


def _look(station: WLAN, networks: dict[str, str]) -> Place | None:
    """Find the strongest access point of a known network."""
    seen = [each for each in station.scan() if each[0].decode() in networks]
    if not seen:
        return None
    ssid, bssid = max(seen, key=lambda each: each[3])[:2]
    return Place(ssid.decode(), bssid.hex(), None, 0)


def _join(
    station: WLAN, place: Place, networks: dict[str, str], deadline: Deadline
) -> bool:
    bssid = bytes.fromhex(place.bssid)
    station.connect(place.ssid, networks[place.ssid], bssid=bssid)
    while not station.isconnected():
        if not deadline.left_ms():
            return False
        sleep_ms(_POLL_MS)
    return True


def _recall(networks: dict[str, str], now_s: int) -> Place | None:
    """Read the place of the last time, if we may still have its address."""
    raw = bytearray(_PLACE_BYTES)
    try:
        size = NVS("wifi").get_blob(_KEY, raw)
        place = Place(*json.loads(bytes(raw[:size])))
    except (OSError, ValueError, TypeError):
        return None
    is_ours = abs(now_s - place.since_s) < _LEASE_S
    return place if is_ours and place.ssid in networks else None


def _keep(place: Place) -> None:
    kept = NVS("wifi")
    kept.set_blob(_KEY, json.dumps(list(place)).encode())
    kept.commit()
