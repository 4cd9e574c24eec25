"""Join the network by the transport that is chosen; only that one is loaded."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from binnode.config import Config

    Joined = tuple[Any, ...]

_WIFI_MS = 8_000


def join(settings: "Config", now_s: int, transport: str) -> "Joined":
    """Join the network; nothing where there is none.

    Else whether it is the place of the last time, and the way to go on, where that is
    not MQTT (`uplink.report`).
    """
    if transport == "lte":
        from binnode.transports import cellular

        return cellular.join()
    if transport == "espnow":
        from binnode.transports import relayed

        return False, relayed.WAY
    from binnode import radio
    from binnode.deadline import Deadline

    networks = {settings.wifi_ssid: settings.wifi_password}
    joined = radio.connect(networks, now_s, Deadline(_WIFI_MS))
    if joined == radio.NOWHERE:
        print("wifi: none in reach of", ", ".join(networks))
        return ()
    return (joined == radio.AGAIN,)
