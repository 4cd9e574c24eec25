"""One gateway: a receiver, some writers, a clerk, and the threads they run in."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread

from gateway.broker.line import BatchLimits, Line, Pending
from gateway.broker.receiver import FAREWELL_S, Outcome, Receiver
from gateway.clerk import Clerk
from gateway.health import serve_health
from gateway.metrics import Metrics
from gateway.settings import Settings
from gateway.storing.store import Arrival, Stored
from gateway.storing.writer import Writer

log = logging.getLogger(__name__)

# One prepares its batch while the database works on that of the other.
WRITERS = 2
# Whoever does not end in time hangs on a broker or a database that does not answer.
LAST_WORD_S = 1.0


def run_gateway(settings: Settings, stopping: Event) -> int:
    """Serve until `stopping` is set; return the exit status."""
    leaving = Event()
    metrics = Metrics()
    lines = [Line(BatchLimits()) for _ in range(WRITERS)]
    receiver = Receiver(settings, lines, metrics)
    clerk = Clerk(settings, metrics)
    writing = Writing(
        settings=settings,
        metrics=metrics,
        receiver=receiver,
        clerk=clerk,
        stopping=stopping,
    )
    if settings.health_port is not None:
        serve_health(settings.health_host, settings.health_port, metrics)
    receiving = _start("receiver", partial(receiver.run, stopping.is_set))
    writers = [
        _start(f"writer {number}", partial(writing.run, line))
        for number, line in enumerate(lines)
    ]
    telling = _start("clerk", partial(clerk.run, leaving.is_set))
    _start("updates", partial(receiver.updates.run, stopping.is_set))
    stopping.wait()
    receiving.join(LAST_WORD_S + (FAREWELL_S if metrics.is_connected else 0))
    for line in lines:
        line.close()
    for each in writers:
        each.join(LAST_WORD_S)
    leaving.set()
    telling.join(LAST_WORD_S)
    log.info("stopped")
    return 0


def _start(name: str, work: Callable[[], None]) -> Thread:
    """Run in a thread; a gateway that lost one would serve badly without a word."""

    def guarded() -> None:
        try:
            work()
        except BaseException:
            log.exception("%s failed; the gateway ends", name)
            logging.shutdown()
            os._exit(1)

    thread = Thread(target=guarded, name=name, daemon=True)
    thread.start()
    return thread


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """From a waiting line into the database, and the news of it to the others."""

    settings: Settings
    metrics: Metrics
    receiver: Receiver
    clerk: Clerk
    stopping: Event

    def run(self, line: Line) -> None:
        """Store the batches of a line until it is closed and empty."""
        writer = Writer(self.settings.database)
        while batch := line.take():
            stored = self._store(writer, batch)
            if stored is None:
                line.abandon()  # what was not acknowledged comes again
                return
            self.metrics.note(stored, time.monotonic() - batch[0].arrived_s)
            self.receiver.hear(Outcome(messages=batch, stored=stored))
            self.clerk.hear(stored.device_ids)
            line.settle()
        writer.close()

    def _store(self, writer: Writer, batch: list[Pending]) -> Stored | None:
        """Store a batch until it is known to be stored; None: told to stop first."""
        while True:
            now_s = time.monotonic()
            stored = writer.store(
                [
                    Arrival(each.topic, each.payload, now_s - each.arrived_s)
                    for each in batch
                ]
            )
            if stored is not None:
                return stored
            self.metrics.note_failure()
            if self.stopping.wait(writer.pause_s()):
                return None
