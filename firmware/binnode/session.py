"""What every session with the broker begins with."""

from micropython import const

from binnode.deadline import Deadline
from binnode.mqtt import Client
from binnode.stream import Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config

REPLY_MS = const(3_000)
_KEEPALIVE_S = const(30)


def open_session(config: "Config", deadline: Deadline) -> Client:
    """Connect to the broker that the bin was provisioned for."""
    host, port = config.broker_host, config.broker_port
    stream = Stream(host, port, deadline, is_secure=config.tls)
    try:
        client = Client(stream, reply_ms=REPLY_MS, deadline=deadline)
        client.connect(
            config.device,
            user=config.user,
            password=config.password,
            keepalive_s=_KEEPALIVE_S,
        )
    except Exception:
        stream.close()
        raise
    return client
