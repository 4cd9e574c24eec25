"""One session with the gateway: hand over what is pending, hear what is safe."""

import gc
import os
import time

from micropython import const

import binnode
from binnode import clock, payload, power
from binnode.deadline import Deadline
from binnode.memory.journal import Journal, draw_epoch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from binnode.config import Config
    from binnode.mqtt import Client

    Way = tuple[Callable[[Config, Deadline], Any], int]

_SESSION_MS = const(10_000)
_REPLY_MS = const(3_000)
_RETAINED_MS = const(1_000)
# What goes ahead of a backlog: an hour, as a regular report has it.
_RECORDS_AHEAD = const(4)
# A full journal is nine messages; the rest is for going back.
_MESSAGES_MAX = const(14)


def report(journal: Journal, config: "Config", answer: bytes, way: "Way") -> None:
    """Connect, deliver the pending records and the answer, and disconnect.

    Parameters
    ----------
    way
        How to begin a session, and how many records its messages take.
    """
    open_session, records_max = way
    client = open_session(config, Deadline(_SESSION_MS, binnode.until))
    try:
        channels = ("ack", "desired", "update")
        topics = [payload.topic(config.device, each) for each in channels]
        client.subscribe(*topics)
        _deliver(journal, client, config.device, records_max)
        _exchange_settings(journal, client, config.device, answer)
        if not journal.count:
            offered = client.receive(payload.topic(config.device, "update"), 0)
            is_offered = offered is not None and len(offered.payload) > 0
            if binnode.is_trial or is_offered:
                binnode.next_purpose = "fetch"
                binnode.now_s = clock.now_s(journal, int(time.time()))
        client.disconnect()
    finally:
        client.close()


def _exchange_settings(
    journal: Journal, client: "Client", device: str, answer: bytes
) -> None:
    """Say what became of the wish before, and keep a new one for the next wake.

    A wish comes in every session until the gateway has the answer in its database.
    """
    if answer:
        client.publish(payload.topic(device, "reported"), answer)
        journal.is_told = True
    wish = client.receive(payload.topic(device, "desired"), 0)
    if wish and wish.payload:
        # Seldom needed.
        from binnode import wish as wishes

        wishes.keep(wish.payload)
        journal.is_told = False
    power.save_journal(journal)


def _deliver(journal: Journal, client: "Client", device: str, records_max: int) -> None:
    """Send what is pending, and the least possible of it twice.

    What the last session sent without an answer is most likely safe, or waits at the
    broker for a gateway. So we look whether the old ack covers it, and if not go on
    with one new record: the answer to that tells whether there is a hole to go back to.
    A broker without an old ack has lost its memory, and perhaps has no gateway yet.
    """
    topic = payload.topic(device, "ack")
    is_forgotten = bool(journal.acked_seq) and not _await_ack(
        journal, client, topic, _RETAINED_MS, is_old_enough=True
    )
    if _is_behind(journal, records_max):
        # After an outage people want to know how it is now, then how it was.
        sent_s = clock.now_s(journal, int(time.time()))
        newest = journal.newest_message(_RECORDS_AHEAD, sent_s=sent_s)
        client.publish(payload.topic(device, "readings"), newest)
        if not _await_ack(journal, client, topic, _REPLY_MS):
            return
        is_forgotten = False
    has_gone_back = False
    for _ in range(_MESSAGES_MAX):
        if not journal.count:
            return
        is_probe = is_forgotten or journal.is_in_flight
        _send(journal, client, device, 1 if is_probe else records_max)
        while journal.is_in_flight:
            known_seq = journal.acked_seq
            if not _await_ack(journal, client, topic, _REPLY_MS):
                return
            is_forgotten = False
            if journal.acked_seq <= known_seq and not has_gone_back:
                has_gone_back = True
                journal.sent_seq = journal.first_seq


def _is_behind(journal: Journal, records_max: int) -> bool:
    """Tell whether the newest records would have to wait for a second message.

    Without the time they would get another one when their turn comes, and be doubled.
    """
    return (
        journal.count > records_max
        and journal.is_gateway_modern
        and journal.is_clock_set
    )


def _send(journal: Journal, client: "Client", device: str, limit: int) -> None:
    if journal.sent_seq >= journal.next_seq:
        journal.sent_seq = journal.first_seq
    # Packets that were read lie about: without them a message finds its room.
    gc.collect()
    sent_s = clock.now_s(journal, int(time.time()))
    message, end_seq = journal.next_message(limit, sent_s=sent_s)
    client.publish(payload.topic(device, "readings"), message)
    journal.sent_seq = end_seq
    power.save_journal(journal)


def _await_ack(
    journal: Journal,
    client: "Client",
    topic: str,
    wait_ms: int,
    *,
    is_old_enough: bool = False,
) -> bool:
    """Apply acks until a live one of this epoch came; False when none did."""
    while True:
        message = client.receive(topic, wait_ms)
        if message is None:
            return False
        ack = payload.decode_ack(message.payload)
        if ack is None or ack.epoch != journal.epoch:
            continue
        journal.acknowledge(ack, new_epoch=draw_epoch(os.urandom(4)))
        if not message.is_retained:
            journal.failures = 0
            clock.set_time(journal, int(time.time()), ack.server_s)
        power.save_journal(journal)
        if is_old_enough or not message.is_retained:
            return True
