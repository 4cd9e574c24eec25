"""How long the first run takes: start, plan, reading to map, tap to office, memory.

    scripts/bench first-run [--readings 40]

Starts the demo as `scripts/demo` does, in a fresh folder, then again in the same one.
Set-up (downloads, web app) is not part of it: `scripts/setup` is timed by hand.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from backend.demo.radio import BrokerAddress, open_radio
from backend.demo.wire import Record, encode, topic
from backend.embedded.broker import BrokerConfig, EmbeddedBroker
from backend.embedded.postgres import EmbeddedPostgres, PostgresConfig
from benchmarks.live_events import Events, Wanted
from benchmarks.memory import MIB, watching
from benchmarks.report import Figure
from benchmarks.taps import measure_taps

BENCH = "first-run"
READY_GOAL_S = 30.0
PLAN_GOAL_S = 15.0
MAP_GOAL_MS = 1000.0
TAP_GOAL_MS = 2000.0
PEAK_GOAL_MB = 1500.0
SOLVER_BUDGET_S = 5.0
TAPS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Demo:
    """A running demo."""

    url: str
    process: psutil.Process
    ready_s: float


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Run the demo and wait for its ready line."""
    command = [sys.executable, "-m", "backend", "demo", "--port", "0"]
    command += ["--data", str(folder), "--crew", "0", "--speed", "1"]
    begun_s = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            url = _wait_for_url(child)
            ready_s = time.monotonic() - begun_s
            yield Demo(url=url, process=psutil.Process(child.pid), ready_s=ready_s)
        finally:
            child.terminate()
            child.wait(30)


def _wait_for_url(child: "subprocess.Popen[str]") -> str:
    said = []
    for line in child.stdout or ():
        said.append(line)
        if line.startswith("ready "):
            return line.split()[1]
    raise RuntimeError("the demo did not become ready:\n" + "".join(said))


def get(url: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    """Ask the API."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        url, data=data, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def measure_bare_services() -> float:
    """Time PostgreSQL and the broker alone: nothing can be ready sooner."""
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name)
        folder.chmod(0o755)
        begun_s = time.monotonic()
        with (
            EmbeddedPostgres(PostgresConfig(data_dir=folder / "postgres")),
            EmbeddedBroker(BrokerConfig(data_dir=folder / "broker")),
        ):
            return time.monotonic() - begun_s


def measure_plan(demo: Demo, events: Events) -> float:
    """Time a plan from the dispatcher's wish to the runs on the map."""
    begun_s = time.monotonic()
    get(f"{demo.url}/api/v1/plans", {})
    is_plan: Wanted = lambda name, _data: name == "plan"  # noqa: E731
    return events.wait(is_plan, since_s=begun_s) - begun_s


def measure_readings(
    demo: Demo, events: Events, broker: BrokerAddress, count: int
) -> tuple[list[float], list[float]]:
    """Time readings from the sensor to the open page, and to the gateway's ack.

    Both in milliseconds. The bench takes the part of one simulated device.
    """
    features = get(f"{demo.url}/api/v1/bins.geojson")["features"]
    chosen = next(
        each
        for each in features
        if (each["properties"]["device"] or "").startswith("hel-")
    )
    device = chosen["properties"]["device"]
    to_map, to_ack = [], []
    with open_radio(broker, client_id="bench", listen_to=topic(device, "ack")) as radio:
        time.sleep(1)
        epoch = int(time.time())
        for seq in range(count):
            now = _shown_now(demo)
            record = Record(
                measured_at=now.replace(microsecond=0),
                distance_mm=500 + seq,
                battery_mv=3600,
                temperature_c=5.0,
                tilt_deg=1,
                echo_count=9,
            )
            message = encode([record], epoch=epoch, first_seq=seq, sent_at=now)
            while not radio.heard.empty():
                radio.heard.get()
            begun_s = time.monotonic()
            radio.say(topic(device, "readings"), message)
            radio.heard.get(timeout=30)
            to_ack.append((time.monotonic() - begun_s) * 1000)
            at_s = events.wait(_is_about(chosen["id"]), since_s=begun_s)
            to_map.append((at_s - begun_s) * 1000)
            time.sleep(1.05)  # records of one second would be one reading
    return to_map, to_ack


def _is_about(slot_id: int) -> Wanted:
    def is_it(name: str, data: Any) -> bool:  # noqa: ANN401 - JSON
        return name == "bins" and slot_id in {each["id"] for each in data["features"]}

    return is_it


def _shown_now(demo: Demo) -> datetime:
    text = get(f"{demo.url}/api/v1/overview")["organisation"]["now"]
    return datetime.fromisoformat(text).astimezone(UTC)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readings", type=int, default=40)
    readings: int = parser.parse_args().readings
    bare_s = measure_bare_services()
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running_demo(folder) as demo:
            _print("fresh folder", "ready_s", demo.ready_s, bare_s)
            _measure_running(demo, folder, readings)
        with running_demo(folder) as demo:
            _print("second time", "ready_s", demo.ready_s, bare_s)


def _measure_running(demo: Demo, folder: Path, readings: int) -> None:
    events = Events(demo.url)
    with watching(demo.process) as peak:
        plan_s = measure_plan(demo, events)
    Figure(
        bench=BENCH,
        case="202 bins, 3 vehicles",
        figure="plan_s",
        value=plan_s,
        unit="s",
        reference="the solver's budget",
        reference_value=SOLVER_BUDGET_S,
        goal=PLAN_GOAL_S,
    ).print()
    to_map, to_ack = measure_readings(demo, events, _read_broker(folder), readings)
    for case, pick in (("median", statistics.median), ("slowest", max)):
        Figure(
            bench=BENCH,
            case=f"{case} of {readings} readings",
            figure="reading_to_map_ms",
            value=pick(to_map),
            unit="ms",
            reference="the same reading to the gateway's ack",
            reference_value=pick(to_ack),
            goal=MAP_GOAL_MS,
        ).print()
    to_office, to_phone = measure_taps(demo.url, get, events, TAPS)
    Figure(
        bench=BENCH,
        case=f"slowest of {TAPS} taps",
        figure="tap_to_office_ms",
        value=max(to_office),
        unit="ms",
        reference="the same tap to the phone's answer",
        reference_value=max(to_phone),
        goal=TAP_GOAL_MS,
    ).print()
    postgres = [
        each
        for each in demo.process.children(recursive=True)
        if each.name() == "postgres"
    ]
    alone = sum(each.memory_full_info().uss for each in postgres) / MIB
    Figure(
        bench=BENCH,
        case="while planning",
        figure="peak_mb",
        value=peak.mb,
        unit="MB",
        reference="PostgreSQL's share of it",
        reference_value=alone,
        goal=PEAK_GOAL_MB,
    ).print()


def _read_broker(folder: Path) -> BrokerAddress:
    """Get in as a device does: one of them has it in its provisioning file."""
    config = json.loads(next(folder.glob("devices/*/config.json")).read_text("utf-8"))
    return BrokerAddress(
        host=config["broker_host"],
        port=config["broker_port"],
        user=config["user"],
        password=config["password"],
    )


def _print(case: str, figure: str, value: float, reference_value: float) -> None:
    Figure(
        bench=BENCH,
        case=case,
        figure=figure,
        value=value,
        unit="s",
        reference="PostgreSQL and broker alone, fresh",
        reference_value=reference_value,
        goal=READY_GOAL_S,
    ).print()


if __name__ == "__main__":
    main()
