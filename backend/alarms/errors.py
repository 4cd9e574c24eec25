"""Why something about alarms cannot be set.

AlarmError
├── UnknownKindError        there is no such kind of alarm
├── MeaninglessLimitError   say it otherwise: it names the limit
└── BadAddressError         of a channel: it says what is wrong with it
"""


class AlarmError(ValueError):
    """It cannot be set so; the message says why."""


class UnknownKindError(AlarmError):
    """There is no such kind of alarm."""


class MeaninglessLimitError(AlarmError):
    """A limit means nothing, by itself or beside another."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        super().__init__(f"{field} {problem}")


class BadAddressError(AlarmError):
    """Nothing can be sent to that address."""
