"""A Mosquitto that takes bins by mutual TLS, and our gateway on a port of its own.

Certificates are made by `deploy/certificate`, as an operator makes them.
"""

import os
import shutil
import subprocess
from getpass import getuser
from pathlib import Path

from backend.embedded.broker import BrokerAddress
from backend.embedded.loopback import HOST, find_free_port, is_listening
from backend.embedded.service import Program
from benchmarks.broker_candidates import find_mosquitto
from benchmarks.firmware.bench import FIRMWARE
from benchmarks.firmware.bins import provision

NAMED, CLIENT = "localhost", "bin-1"
CERTIFICATE = FIRMWARE.parent / "deploy" / "certificate"
CONFIG = """
user {user}
per_listener_settings true
listener {plain_port} {host}
allow_anonymous true
listener {secure_port} {host}
cafile {folder}/clients.crt
certfile {folder}/server.crt
keyfile {folder}/server.key
tls_version tlsv1.2
require_certificate true
use_identity_as_username true
"""


class SecureBroker:
    """The broker of an installation; bins come by TLS only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = BrokerAddress(
            host=HOST,
            port=find_free_port(),
            gateway_user="",  # anonymous: the port is ours alone
            device_password="",
            gateway_password="",
        )
        self.secure_port = find_free_port()
        command = [find_mosquitto() or "mosquitto", "-c", str(folder / "broker.conf")]
        self._program = Program(
            "mosquitto",
            command,
            log_path=folder / "broker.log",
            is_ready=lambda: (
                is_listening(self.address.port) and is_listening(self.secure_port)
            ),
        )

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last."""
        return self._program.process

    def start(self) -> None:
        """Make its certificate and start it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._certify("server", NAMED)
        text = CONFIG.format(
            host=HOST,
            folder=self._folder,
            plain_port=self.address.port,
            secure_port=self.secure_port,
            user=getuser(),
        )
        (self._folder / "broker.conf").write_text(text, "utf-8")
        self._program.start()

    def stop(self) -> None:
        """Stop it."""
        self._program.stop()

    def provision(
        self, home: Path, *, port: int | None = None, **fields: int | str
    ) -> None:
        """Write a bin's `config.json`, and give it a certificate: all the same one.

        Parameters
        ----------
        port, fields
            As for `bins.provision`.
        """
        if not (self._folder / f"{CLIENT}.der").exists():
            self._certify("client", CLIENT)
        for theirs, its in (
            ("ca.der", "ca.der"),
            (f"{CLIENT}.der", "client.der"),
            (f"{CLIENT}_key.der", "client_key.der"),
        ):
            shutil.copy(self._folder / theirs, home / its)
        way_in: dict[str, int | str] = {"broker_host": NAMED, "tls": True}
        port = port or self.secure_port
        provision(home, self.address, port=port, **way_in, **fields)

    def _certify(self, *words: str) -> None:
        environment = os.environ | {"CERTIFICATES": str(self._folder)}
        subprocess.run(
            [CERTIFICATE, *words], env=environment, check=True, capture_output=True
        )
