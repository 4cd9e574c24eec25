"""`ullage demo`: from nothing to a planned city, and cleanly back to nothing."""

import json
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager

import psutil
import pytest

from tests.services.postgres import server_folder

PATIENCE_S = 150


@pytest.fixture(scope="module")
def demo_folder():
    with server_folder() as folder:
        yield folder / "data"


@contextmanager
def running(folder, *options):
    """Run the demo in a session of its own; nothing of it may stay behind."""
    command = [sys.executable, "-m", "backend", "demo", "--port", "0"]
    command += ["--data", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            yield demo
        finally:
            demo.kill()


def wait_for_url(demo):
    said: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_repeat, args=(demo.stdout, said), daemon=True).start()
    give_up_s = time.monotonic() + PATIENCE_S
    while True:
        line = said.get(timeout=give_up_s - time.monotonic())
        assert line, "the demo ended before it was ready"
        if line.startswith("ready "):
            return line.split()[1]


def _repeat(lines, said):
    for line in lines:
        said.put(line)
    said.put("")


def get(url):
    with urllib.request.urlopen(url, timeout=20) as reply:
        return json.load(reply)


def children_of(demo):
    return psutil.Process(demo.pid).children(recursive=True)


def wait_until_gone(processes):
    _gone, alive = psutil.wait_procs(processes, timeout=20)
    assert alive == []


def test_the_demo_plans_a_city_and_starts_again_after_kill_9(demo_folder):
    with running(demo_folder) as demo:
        url = wait_for_url(demo)
        runs = get(f"{url}/api/v1/runs")
        bins = get(f"{url}/api/v1/bins.geojson")["features"]
        before = children_of(demo)
        demo.kill()
        demo.wait()
        wait_until_gone(before)

    assert len(bins) == 202
    assert len(runs) == 3
    assert all(each["pickup_count"] > 0 for each in runs)
    assert all(each["roads"] == "streets" for each in runs)
    firmware = [
        each for each in bins if (each["properties"]["device"] or "")[:3] == "esp"
    ]
    assert [each["properties"]["is_silent"] for each in firmware] == [False] * 3

    with running(demo_folder) as demo:
        url = wait_for_url(demo)
        again = get(f"{url}/api/v1/runs")
        before = children_of(demo)
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 0
        wait_until_gone(before)

    assert [each["run_id"] for each in again] == [each["run_id"] for each in runs]


def test_the_demo_ends_by_itself_when_its_time_is_over(demo_folder):
    with running(demo_folder, "--for", "30") as demo:
        wait_for_url(demo)
        before = children_of(demo)
        assert demo.wait(60) == 0
        wait_until_gone(before)


def test_a_port_that_is_taken_is_named(demo_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "backend", "demo", "--port", str(port)]
        done = subprocess.run(
            [*command, "--data", str(demo_folder)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr
