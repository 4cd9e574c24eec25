"""One gateway: a receiver, some writers, a clerk, and the threads they run in."""

import logging
import os
import time
from collections.abc import Callable
from threading import Event, Thread

from gateway.clerk import Clerk
from gateway.health import serve_health
from gateway.line import BatchLimits, Line
from gateway.metrics import Metrics
from gateway.receiver import Outcome, Receiver
from gateway.settings import Settings
from gateway.store import Arrival
from gateway.writer import Writer

log = logging.getLogger(__name__)

# One prepares its batch while the database works on that of the other.
WRITERS = 2
FAREWELL_S = 12.0


def run_gateway(settings: Settings, stopping: Event) -> int:
    """Serve until `stopping` is set; return the exit status."""
    metrics = Metrics()
    lines = [Line(BatchLimits()) for _ in range(WRITERS)]
    receiver = Receiver(settings, lines, metrics)
    clerk = Clerk(settings, metrics)
    threads = [
        _start("clerk", lambda: clerk.run(stopping.is_set)),
        *(
            _start(
                f"writer {number}",
                lambda line=line: _write(
                    settings, line, receiver, clerk, metrics, stopping
                ),
            )
            for number, line in enumerate(lines)
        ),
    ]
    health = None
    if settings.health_port is not None:
        health = serve_health(settings.health_host, settings.health_port, metrics)
    receiver.run(stopping.is_set)
    for line in lines:
        line.close()
    give_up_s = time.monotonic() + FAREWELL_S
    for each in threads:
        each.join(max(0.0, give_up_s - time.monotonic()))
    if health is not None:
        health.shutdown()
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


def _write(
    settings: Settings,
    line: Line,
    receiver: Receiver,
    clerk: Clerk,
    metrics: Metrics,
    stopping: Event,
) -> None:
    """Store the batches of a line, each until it is known to be stored."""
    writer = Writer(settings.database)
    while batch := line.take():
        while True:
            now_s = time.monotonic()
            stored = writer.store(
                [
                    Arrival(
                        topic=each.topic,
                        payload=each.payload,
                        waited_s=now_s - each.arrived_s,
                    )
                    for each in batch
                ]
            )
            if stored is not None:
                break
            metrics.note_failure()
            if stopping.wait(writer.pause_s()):
                return  # what is not stored was not acknowledged: it comes again
        metrics.note(stored, time.monotonic() - batch[0].arrived_s)
        receiver.hear(Outcome(messages=batch, stored=stored))
        clerk.hear(stored.device_ids)
        line.settle()
    writer.close()
