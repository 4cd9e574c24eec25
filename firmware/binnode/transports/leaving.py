"""Leave the network: small, as memory is scattered by the end of a session (ESP32)."""

from network import WLAN  # type: ignore[import-not-found]


def leave(transport: str) -> None:
    """Switch the radio off."""
    if transport == "lte":
        from binnode.transports import cellular

        cellular.leave()
    else:
        WLAN(WLAN.IF_STA).active(False)
