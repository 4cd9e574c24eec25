"""Messages that reach the gateways through the database: by HTTP, or tried again."""

from backend.inbox.addressing import NoMessagesError, Posted, read_posted
from backend.inbox.replaying import replay
from backend.inbox.waiting import PATIENCE_S, wait_for

__all__ = [
    "PATIENCE_S",
    "NoMessagesError",
    "Posted",
    "read_posted",
    "replay",
    "wait_for",
]
