"""The gateway's receiver beside a bare socket: messages received and acknowledged."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Event, Thread

from benchmarks.ingest.mosquitto import Address
from benchmarks.ingest.publishers import open_connection, publishing
from benchmarks.ingest.raw_client import subscribe, take
from gateway.broker.line import BatchLimits, Line
from gateway.broker.receiver import Outcome, Receiver
from gateway.metrics import Metrics
from gateway.settings import read_settings
from gateway.storing.store import Stored

PATIENCE_S = 60


def measure_receiver(
    address: Address, names: Sequence[str], *, messages: int, end_s: int
) -> float:
    """Let the receiver take messages that nobody stores; return messages a second."""
    settings = read_settings(
        {
            "ULLAGE_DATABASE": "unused",
            "ULLAGE_MQTT_HOST": address.host,
            "ULLAGE_MQTT_PORT": str(address.port),
        }
    )
    stopping = Event()
    line = Line(BatchLimits())
    metrics = Metrics()
    receiver = Receiver(settings, [line], metrics)
    seen = Event()
    times_s: list[float] = []

    def settle() -> None:
        count = 0
        while batch := line.take():
            times_s.append(batch[0].arrived_s)
            count += len(batch)
            stored = Stored(at=datetime.now(UTC))
            receiver.hear(Outcome(messages=batch, stored=stored))
            line.settle()
            if count >= messages:
                times_s.append(time.monotonic())
                seen.set()

    threads = [
        Thread(target=settle),
        Thread(target=receiver.run, args=(stopping.is_set,)),
    ]
    for each in threads:
        each.start()
    while not metrics.is_connected:
        time.sleep(0.01)
    with publishing(address, names, messages=messages, end_s=end_s) as ready:
        ready.wait()
        if not seen.wait(PATIENCE_S):
            raise RuntimeError("messages are missing")
    stopping.set()
    for each in threads:
        each.join()
    # The broker would keep for it what the others are sent.
    open_connection(address, settings.client_id).close()
    return messages / (times_s[-1] - times_s[0])


def measure_raw(
    address: Address, names: Sequence[str], *, messages: int, end_s: int
) -> float:
    """Let a bare socket take the same messages; return messages a second."""
    connection = subscribe(address)
    with publishing(address, names, messages=messages, end_s=end_s) as ready:
        ready.wait()
        elapsed_s = take(connection, messages)
    connection.close()
    return messages / elapsed_s
