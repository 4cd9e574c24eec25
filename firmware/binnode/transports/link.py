"""The network where it is not Wi-Fi: only what is chosen is loaded (ESP32)."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.uplink import Way


def connect(transport: str) -> "tuple[int, Way | None]":
    """Tell that there is one, and the way to go on if that is not MQTT."""
    if transport == "espnow":
        from binnode.transports import relayed

        return 1, (relayed.open_session, relayed.RECORDS_MAX)
    from binnode.transports import cellular

    cellular.connect()
    return 1, None


def off(transport: str) -> None:
    """Switch the radio off."""
    if transport == "espnow":
        from network import WLAN  # type: ignore[import-not-found]

        WLAN(WLAN.IF_STA).active(False)
    else:
        from binnode.transports import hanging_up

        hanging_up.off()
