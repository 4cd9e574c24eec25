"""Which MQTT broker to embed: speed, cost and the promises the gateway leans on.

Measures every broker that is installed, one after the other, on the same cores:

    python -m benchmarks.broker [--messages 20000] [--wakes 400]

The reference of each figure is Mosquitto when it is there.
"""

import argparse
import json
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import psutil
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from backend.embedded.loopback import HOST, find_free_port, is_listening
from benchmarks.broker_candidates import PASSWORD, USER, Candidate, list_candidates
from benchmarks.mqtt_wire import wake

PAYLOAD = bytes(400)
BATCH = 50  # acknowledged together, below every broker's limit of messages in flight
Figures = dict[str, float]
OnMessage = Callable[[Client, object, MQTTMessage], None]
UNITS = {
    "messages_per_s": "1/s",
    "wakes_per_s": "1/s",
    "cpu_us_per_message": "us",
    "memory_idle_mb": "MB",
    "memory_after_mb": "MB",
    "retained": "yes",
    "redelivers_unacknowledged": "yes",
    "queues_while_away": "yes",
    "old_messages_are_not_retained": "yes",
    "refuses_bad_password": "yes",
}


@contextmanager
def running(candidate: Candidate) -> Iterator[tuple[int, psutil.Process]]:
    """Run one broker on a free port, and end it."""
    port = find_free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = candidate.command(Path(folder), port)
        with subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as child:
            try:
                while not is_listening(port):
                    time.sleep(0.05)
                yield port, psutil.Process(child.pid)
            finally:
                child.kill()


@contextmanager
def client(port: int, name: str, *, is_lasting: bool = False) -> Iterator[Client]:
    """Connect a client that acknowledges by hand."""
    connected = threading.Event()
    mqtt = Client(
        CallbackAPIVersion.VERSION2,
        client_id=name,
        clean_session=not is_lasting,
        manual_ack=True,
    )
    mqtt.username_pw_set(USER, PASSWORD)
    mqtt.on_connect = lambda *_: connected.set()
    mqtt.on_subscribe = lambda *_: connected.set()
    mqtt.max_inflight_messages_set(400)
    mqtt.connect(HOST, port)
    mqtt.loop_start()
    connected.wait(5)
    connected.clear()
    yield mqtt
    mqtt.disconnect()
    mqtt.loop_stop()


def publish(port: int, count: int) -> None:
    """Send messages as fast as the broker takes them; runs in a process of its own."""
    with client(port, "publisher") as mqtt:
        last = [mqtt.publish("ullage/1/1/a/readings", PAYLOAD, 1) for _ in range(count)]
        last[-1].wait_for_publish(120)


def measure_throughput(port: int, process: psutil.Process, count: int) -> Figures:
    """Count what a manual-ack consumer gets a second, and what it costs the broker."""
    waiting: list[int] = []
    seen = 0
    finished = threading.Event()

    def take(mqtt: Client, _userdata: object, message: MQTTMessage) -> None:
        nonlocal seen
        seen += 1
        waiting.append(message.mid)
        if len(waiting) == BATCH or seen >= count:
            for each in waiting:
                mqtt.ack(each, 1)
            waiting.clear()
        if seen >= count:
            finished.set()

    with client(port, "consumer", is_lasting=True) as mqtt:
        mqtt.on_message = take
        mqtt.subscribe("ullage/1/+/+/readings", 1)
        cpu_s, start_s = cpu(process), time.perf_counter()
        sender = get_context("spawn").Process(target=publish, args=(port, count))
        sender.start()
        finished.wait(120)
        elapsed_s, cpu_s = time.perf_counter() - start_s, cpu(process) - cpu_s
        sender.join()
    return {
        "messages_per_s": seen / elapsed_s,
        "cpu_us_per_message": 1e6 * cpu_s / max(1, seen),
    }


def cpu(process: psutil.Process) -> float:
    """Read the CPU seconds a broker has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def measure_wakes(port: int, count: int, threads: int = 4) -> float:
    """Count firmware wakes a second: connect, subscribe, publish, leave."""

    def work(first: int) -> None:
        for number in range(first, count, threads):
            wake(port, f"bin-{number}", user=USER, password=PASSWORD, payload=PAYLOAD)

    start_s = time.perf_counter()
    workers = [threading.Thread(target=work, args=(each,)) for each in range(threads)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    return count / (time.perf_counter() - start_s)


def check_promises(port: int) -> Figures:
    """Try what the gateway and the devices lean on."""
    got: list[tuple[bytes, bool]] = []

    def note(_mqtt: Client, _userdata: object, message: MQTTMessage) -> None:
        got.append((bytes(message.payload), message.retain))

    with client(port, "lasting", is_lasting=True) as mqtt:
        mqtt.on_message = note
        mqtt.subscribe("promise/readings", 1)
        time.sleep(0.3)
        with client(port, "device") as device:
            device.publish("promise/readings", b"unacknowledged", 1).wait_for_publish(5)
            device.publish("promise/ack", b"ack", 1, retain=True).wait_for_publish(5)
            time.sleep(0.3)
    got.clear()
    with client(port, "device") as device:
        device.publish("promise/readings", b"while away", 1).wait_for_publish(5)
        device.on_message = note
        device.subscribe("promise/ack", 1)
        time.sleep(0.3)
        retained = (b"ack", True) in got
    got.clear()
    with lasting_again(port, note):
        time.sleep(0.5)
    payloads = [payload for payload, _ in got]
    return {
        "retained": float(retained),
        "redelivers_unacknowledged": float(b"unacknowledged" in payloads),
        "queues_while_away": float(b"while away" in payloads),
        "old_messages_are_not_retained": float(not any(flag for _, flag in got)),
        "refuses_bad_password": float(not lets_in(port, "wrong")),
    }


@contextmanager
def lasting_again(port: int, note: OnMessage) -> Iterator[None]:
    """Resume the lasting session, listening from its first packet on."""
    mqtt = Client(CallbackAPIVersion.VERSION2, "lasting", clean_session=False)
    mqtt.username_pw_set(USER, PASSWORD)
    mqtt.on_message = note
    mqtt.connect(HOST, port)
    mqtt.loop_start()
    yield
    mqtt.disconnect()
    mqtt.loop_stop()


def lets_in(port: int, password: str) -> bool:
    """Try a password."""
    try:
        wake(port, "stranger", user=USER, password=password, payload=PAYLOAD)
    except (OSError, ValueError):
        return False
    return True


def measure(candidate: Candidate, *, messages: int, wakes: int) -> Figures:
    """Measure one broker."""
    with running(candidate) as (port, process):
        figures = {"memory_idle_mb": process.memory_info().rss / 1e6}
        figures |= check_promises(port)
        figures["wakes_per_s"] = measure_wakes(port, wakes)
        figures |= measure_throughput(port, process, messages)
        figures["memory_after_mb"] = process.memory_info().rss / 1e6
    return figures


def report(
    name: str, figures: Figures, reference: Figures, reference_name: str
) -> None:
    """Print one JSON object for each figure."""
    for figure, value in figures.items():
        against = reference[figure]
        ratio = value / against if against else None
        is_promise = UNITS[figure] == "yes"
        line = {
            "bench": "broker",
            "case": name,
            "figure": figure,
            "value": round(value, 1),
            "unit": UNITS[figure],
            "reference": reference_name,
            "reference_value": round(against, 1),
            "ratio": None if ratio is None else round(ratio, 3),
            "goal": 1 if is_promise else None,
            "ok": value == 1 if is_promise else None,
        }
        print(json.dumps(line), flush=True)


def main() -> None:
    """Measure what is here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--wakes", type=int, default=400)
    options = parser.parse_args()
    reference: Figures | None = None
    for candidate in list_candidates():
        figures = measure(candidate, messages=options.messages, wakes=options.wakes)
        reference = reference or figures
        report(candidate.name, figures, reference, list_candidates()[0].name)


if __name__ == "__main__":
    main()
