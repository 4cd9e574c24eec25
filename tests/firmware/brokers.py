"""Real brokers on a free port of the loopback address."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.embedded.loopback import find_free_port, is_listening

MOSQUITTO = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
AMQTT = Path(sys.executable).parent / "amqtt"
START_S = 20


@contextmanager
def mosquitto(folder: Path, port: int = 0) -> Iterator[int]:
    port = port or find_free_port()
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n", "utf-8")
    with run([str(MOSQUITTO), "-c", str(config)], port):
        yield port


@contextmanager
def amqtt(folder: Path) -> Iterator[int]:
    port = find_free_port()
    config = folder / "amqtt.yaml"
    config.write_text(
        f"listeners:\n  default:\n    type: tcp\n    bind: 127.0.0.1:{port}\n"
        "plugins:\n  amqtt.plugins.authentication.AnonymousAuthPlugin:\n"
        "    allow_anonymous: true\n",
        "utf-8",
    )
    with run([str(AMQTT), "-c", str(config)], port):
        yield port


@contextmanager
def run(command: list[str], *ports: int) -> Iterator[None]:
    """Run a broker while the block does; it is ready when it listens on all ports."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for port in ports:
            wait_until_open(port)
        yield
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_open(port: int) -> None:
    give_up = time.monotonic() + START_S
    while not is_listening(port):
        assert time.monotonic() < give_up, f"nobody listens on {port}"
        time.sleep(0.05)
