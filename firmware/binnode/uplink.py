"""One session with the gateway: hand over what is pending, hear what is safe."""

import os
import time

from micropython import const

from binnode import clock, payload, power
from binnode.config import Config
from binnode.deadline import Deadline
from binnode.journal import Journal, draw_epoch
from binnode.mqtt import Client
from binnode.stream import Stream

_SESSION_MS = const(10_000)
_REPLY_MS = const(3_000)
_KEEPALIVE_S = const(30)
_RECORDS_PER_MESSAGE = const(60)
# A full journal is three messages; the rest is for going back.
_MESSAGES_MAX = const(8)


def report(journal: Journal, config: Config) -> None:
    """Connect, deliver the pending records and disconnect."""
    deadline = Deadline(_SESSION_MS)
    stream = Stream(config.broker_host, config.broker_port, deadline)
    try:
        client = Client(stream, reply_ms=_REPLY_MS, deadline=deadline)
        client.connect(
            config.device,
            user=config.user,
            password=config.password,
            keepalive_s=_KEEPALIVE_S,
        )
        client.subscribe(payload.topic(config.device, "ack"))
        _deliver(journal, client, config.device)
        client.disconnect()
    finally:
        stream.close()


def _deliver(journal: Journal, client: Client, device: str) -> None:
    topic = payload.topic(device, "readings")
    for _ in range(_MESSAGES_MAX):
        sent_s = clock.now_s(journal, int(time.time()))
        client.publish(topic, journal.message(_RECORDS_PER_MESSAGE, sent_s=sent_s))
        if not _await_ack(journal, client) or not journal.count:
            return


def _await_ack(journal: Journal, client: Client) -> bool:
    """Apply acks until a live one of this epoch came; False when none did."""
    while True:
        message = client.receive()
        if message is None:
            return False
        ack = payload.decode_ack(message.payload)
        if ack is None or ack.epoch != journal.epoch:
            continue
        if not message.is_retained:
            clock.set_time(journal, int(time.time()), ack.server_s)
        journal.acknowledge(ack, new_epoch=draw_epoch(os.urandom(4)))
        power.save_journal(journal)
        if not message.is_retained:
            return True
