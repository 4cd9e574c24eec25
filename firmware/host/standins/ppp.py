"""The ESP32's `network.PPP` on the host: the host's own network, by way of `modem`."""

import modem  # type: ignore[import-not-found]


class PPP:
    """A link over the modem's port; it comes up when the modem is online."""

    SEC_NONE = 0
    SEC_PAP = 1

    def __init__(self, stream: object) -> None:
        self._is_wanted = False

    def active(self, is_active: bool) -> None:
        """Switch it on or off."""

    def connect(self, security: int = 0, user: str = "", key: str = "") -> None:
        """Begin to agree with the other side."""
        modem.log("ppp " + (user + ":" + key if security else "open"))
        self._is_wanted = True

    def isconnected(self) -> bool:
        """Tell whether there is a link."""
        return self._is_wanted and modem.is_linked()

    def disconnect(self) -> None:
        """End it; the modem stays online until it is told otherwise."""
        self._is_wanted = False
