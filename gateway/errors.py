"""What can go wrong in the gateway.

GatewayError
├── SettingsError            a setting has to be changed
├── BrokerError              the session with the broker is over; make another one
├── PayloadError             the message cannot be decoded: it is kept whole
├── MemberError              a member of a JSON object is not what it should be
└── ImpossibleRecordError    one record cannot be believed: only that one is kept aside
"""


class GatewayError(Exception):
    """Something is wrong that the gateway names."""


class SettingsError(GatewayError):
    """A setting is missing or not understood."""


class BrokerError(GatewayError):
    """The session with the broker is over."""


class PayloadError(GatewayError):
    """A message cannot be decoded."""


class MemberError(GatewayError):
    """A member of a JSON object is missing, or not what the contract says."""

    def __init__(self, name: str, *, expected: str, value: object) -> None:
        super().__init__(f"{name}: {expected} is expected, not {repr(value)[:60]}")


class ImpossibleRecordError(GatewayError):
    """A record cannot be believed."""
