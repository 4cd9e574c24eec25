"""Leave the network: small, as memory is scattered by the end of a session (ESP32)."""


def leave(transport: str) -> None:
    """Switch the radio off."""
    if transport == "lte":
        from binnode.transports import hanging_up

        hanging_up.leave()
    else:
        from network import WLAN  # type: ignore[import-not-found]

        WLAN(WLAN.IF_STA).active(False)
