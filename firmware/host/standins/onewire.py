"""The ESP32's frozen `onewire` on the host; who is on the wire is in `ds18x20`."""


class OneWire:
    """A wire that nothing on the host listens to."""

    def __init__(self, pin: object) -> None:
        pass
