"""The brokers that `broker.py` compares, each as a command line on a free port."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from backend.embedded.broker import CONFIG as IOTCORE_CONFIG
from backend.embedded.loopback import HOST

USER, PASSWORD = "gateway", "secret-for-a-benchmark"
AMQTT = """
import asyncio, sys, types
from amqtt.broker import Broker
from amqtt.plugins.base import BaseAuthPlugin
class Plain(BaseAuthPlugin):
    async def authenticate(self, *, session):
        return session.password == %(password)r
Plain.__module__ = "plain"
sys.modules["plain"] = types.ModuleType("plain"); sys.modules["plain"].Plain = Plain
async def main():
    listener = {"type": "tcp", "bind": "%(host)s:%(port)d"}
    plugins = {"plain.Plain": {}}
    await Broker({"listeners": {"default": listener}, "plugins": plugins}).start()
    await asyncio.Event().wait()
asyncio.run(main())
"""
MOSQUITTO = """
listener {port} {host}
allow_anonymous false
password_file {folder}/users
max_inflight_messages 1000
max_queued_messages 0
log_type error
user root
"""


def amqtt_command(folder: Path, port: int) -> list[str]:
    """Pure Python; its own password file hashes with argon2, so plain ones here."""
    script = folder / "broker.py"
    values = {"password": PASSWORD, "host": HOST, "port": port}
    script.write_text(AMQTT % values)
    return [sys.executable, str(script)]


def iotcore_command(folder: Path, port: int) -> list[str]:
    """Run rumqttd in a wheel, with the product's own settings."""
    config = folder / "broker.toml"
    passwords = {"device_password": PASSWORD, "gateway_password": PASSWORD}
    config.write_text(IOTCORE_CONFIG.format(host=HOST, port=port, **passwords))
    quiet = ["--log-level", "CRITICAL"]
    return [sys.executable, "-m", "iotcore", "--config", str(config), *quiet]


def mosquitto_command(folder: Path, port: int) -> list[str]:
    """Run Debian's own, in memory like the others."""
    users = folder / "users"
    users.touch()
    tool = shutil.which("mosquitto_passwd") or "mosquitto_passwd"
    subprocess.run([tool, "-b", str(users), USER, PASSWORD], check=True)
    config = folder / "mosquitto.conf"
    config.write_text(MOSQUITTO.format(host=HOST, port=port, folder=folder))
    return [find_mosquitto() or "", "-c", str(config)]


def find_mosquitto() -> str | None:
    """Find the program; /usr/sbin is not on everybody's path."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A broker to measure."""

    name: str
    is_here: bool
    command: Callable[[Path, int], list[str]]


def list_candidates() -> list[Candidate]:
    """List the brokers that are installed, the reference first."""
    known = (
        ("mosquitto", find_mosquitto() is not None, mosquitto_command),
        ("iotcore", find_spec("iotcore") is not None, iotcore_command),
        ("amqtt", find_spec("amqtt") is not None, amqtt_command),
    )
    return [
        Candidate(name=name, is_here=is_here, command=command)
        for name, is_here, command in known
        if is_here
    ]
