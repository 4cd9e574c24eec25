"""A wake that fetches: one session, and as much of an update as fits into it."""

from micropython import const

import binnode
from binnode import start
from binnode.deadline import Deadline
from binnode.session import open_session
from binnode.topics import topic
from binnode.updates.fetching import advance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config

_SESSION_MS = const(15_000)
_RETAINED_MS = const(1_000)
# Once connected, their memory is for what is fetched.
_DONE_WITH = ("config", "sensors", "secure", "radio")


def run() -> None:
    """Connect and fetch; when something is complete, have the next wake check it."""
    settings = _load()
    try:
        if _join(settings) and _talk(settings):
            binnode.next_purpose = "check"
    finally:
        if settings.transport == "lte":
            from binnode.transports import hanging_up

            hanging_up.off()
        else:
            from binnode import radio

            radio.off()


def _join(settings: "Config") -> bool:
    """Join Wi-Fi or LTE-M: through a relay comes nothing so large."""
    if settings.transport == "lte":
        from binnode.transports import cellular

        cellular.connect()
        return True
    from binnode import radio

    return radio.connect(settings.networks, binnode.now_s) != radio.NOWHERE


# In functions of their own: a module that a variable still names is not let go of.
def _load() -> "Config":
    from binnode import config

    return config.load()


def _talk(settings: "Config") -> bool:
    """Fetch what there is time for; tell whether something is complete."""
    deadline = Deadline(_SESSION_MS)
    client = open_session(settings, deadline)
    try:
        start.forget(_DONE_WITH)
        update = topic(settings.device, "update")
        client.subscribe(update)
        offered = client.receive(update, _RETAINED_MS)
        is_complete = advance(
            client, settings.device, offered and offered.payload, deadline
        )
        client.disconnect()
    finally:
        client.close()
    return is_complete
