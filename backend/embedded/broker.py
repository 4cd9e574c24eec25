"""An MQTT broker on loopback, as our own child (docs/decisions/0001)."""

import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from backend.embedded.folder import write_secret
from backend.embedded.loopback import HOST, find_free_port, is_listening
from backend.embedded.service import Program

# rumqttd needs every one of these. It keeps the last messages of each subscription in
# memory, needed or not, up to max_segment_size * max_segment_count bytes (rumqtt issue
# 957). So many bytes a gateway may be behind; what it then finds missing, the devices
# send again. And so many bytes each device's old acks may take: not more than this.
CONFIG = """\
id = 0

[router]
id = 0
max_connections = 10010
max_outgoing_packet_count = 200
max_segment_size = 262144
max_segment_count = 16

[v4.1]
name = "mqtt"
listen = "{host}:{port}"
next_connection_delay_ms = 0

[v4.1.connections]
connection_timeout_ms = 10000
max_payload_size = 20480
max_inflight_count = 100
dynamic_filters = true

[v4.1.connections.auth]
device = "{device_password}"
gateway = "{gateway_password}"
"""


IOTCORE = (sys.executable, "-m", "iotcore")


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokerConfig:
    """Where the broker keeps its settings and log; port 0 is a free port."""

    data_dir: Path
    port: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokerAddress:
    """How the two kinds of clients get in."""

    host: str
    port: int
    device_user: str = "device"
    device_password: str = field(repr=False)
    gateway_user: str = "gateway"
    gateway_password: str = field(repr=False)


class EmbeddedBroker:
    """One broker; its port and passwords are drawn once and outlive its restarts."""

    name = "broker"

    def __init__(self, config: BrokerConfig) -> None:
        self._data_dir = config.data_dir.resolve()
        self.address = BrokerAddress(
            host=HOST,
            port=config.port or find_free_port(),
            device_password=secrets.token_urlsafe(18),
            gateway_password=secrets.token_urlsafe(18),
        )
        self._program = Program(
            self.name,
            # rumqttd's router logs every packet as an error: only worse is wanted.
            [*IOTCORE, "--log-level", "CRITICAL", "--config", str(self.config_path)],
            log_path=self._data_dir / "broker.log",
            is_ready=lambda: is_listening(self.address.port),
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    @property
    def config_path(self) -> Path:
        """The broker's own settings, with the passwords."""
        return self._data_dir / "broker.toml"

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last, if it was not stopped."""
        return self._program.process

    def start(self) -> BrokerAddress:
        """Start it and return when it accepts connections."""
        if not self.is_alive():
            self._data_dir.mkdir(parents=True, exist_ok=True)
            address = self.address
            text = CONFIG.format(
                host=address.host,
                port=address.port,
                device_password=address.device_password,
                gateway_password=address.gateway_password,
            )
            write_secret(self.config_path, text)
            self._program.start()
        return self.address

    def is_alive(self) -> bool:
        """Tell whether it runs."""
        return self._program.is_alive()

    def stop(self) -> None:
        """Stop it; sessions and retained messages are gone with it."""
        self._program.stop()
