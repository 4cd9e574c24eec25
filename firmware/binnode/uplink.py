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
_RETAINED_MS = const(1_000)
_KEEPALIVE_S = const(30)
_RECORDS_PER_MESSAGE = const(60)
# A full journal is three messages; the rest is for going back.
_MESSAGES_MAX = const(8)


def report(journal: Journal, config: Config) -> None:
    """Connect, deliver the pending records and disconnect."""
    deadline = Deadline(_SESSION_MS)
    stream = Stream(
        config.broker_host, config.broker_port, deadline, is_secure=config.tls
    )
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
    """Send what is pending, and the least possible of it twice.

    What the last session sent without an answer is most likely safe, or waits at the
    broker for a gateway. So we look whether the old ack covers it, and if not go on
    with one new record: the answer to that tells whether there is a hole to go back to.
    A broker without an old ack has lost its memory, and perhaps has no gateway yet.
    """
    is_forgotten = bool(journal.acked_seq) and not _await_ack(
        journal, client, _RETAINED_MS, is_old_enough=True
    )
    has_gone_back = False
    for _ in range(_MESSAGES_MAX):
        if not journal.count:
            return
        is_probe = is_forgotten or journal.in_flight > 0
        _send(journal, client, device, 1 if is_probe else _RECORDS_PER_MESSAGE)
        while journal.in_flight:
            known_seq = journal.acked_seq
            if not _await_ack(journal, client, _REPLY_MS):
                return
            is_forgotten = False
            if journal.acked_seq <= known_seq and not has_gone_back:
                has_gone_back = True
                journal.in_flight = 0


def _send(journal: Journal, client: Client, device: str, limit: int) -> None:
    if journal.in_flight == journal.count:
        journal.in_flight = 0
    count = journal.count_next(limit)
    sent_s = clock.now_s(journal, int(time.time()))
    topic = payload.topic(device, "readings")
    client.publish(topic, journal.message(count, sent_s=sent_s))
    journal.in_flight += count
    power.save_journal(journal)


def _await_ack(
    journal: Journal, client: Client, wait_ms: int, *, is_old_enough: bool = False
) -> bool:
    """Apply acks until a live one of this epoch came; False when none did."""
    while True:
        message = client.receive(wait_ms)
        if message is None:
            return False
        ack = payload.decode_ack(message.payload)
        if ack is None or ack.epoch != journal.epoch:
            continue
        journal.acknowledge(ack, new_epoch=draw_epoch(os.urandom(4)))
        power.save_journal(journal)
        if not message.is_retained:
            # Stamping changes records in place, so what is safe is let go before.
            clock.set_time(journal, int(time.time()), ack.server_s)
            power.save_journal(journal)
        if is_old_enough or not message.is_retained:
            return True
