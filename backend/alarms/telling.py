"""What is told, to whom: an alarm and what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from backend.store.alarms import Alarm


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """That an alarm was raised, repeated or cleared; without one it is a test."""

    event: str
    happened_at: datetime
    alarm: Alarm | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """Whom it is told, and what the words depend on."""

    address: str
    organisation: str
    time_zone: str
    console_url: str
