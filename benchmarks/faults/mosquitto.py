"""Mosquitto as a child that can be killed; it forgets the last second then."""

import shutil
import subprocess
from pathlib import Path

from backend.embedded.broker import BrokerAddress
from backend.embedded.loopback import HOST, find_free_port, is_listening
from backend.embedded.service import Program

CONFIG = """
listener {port} 127.0.0.1
allow_anonymous true
user root
max_inflight_messages 4000
max_queued_messages 0
persistence true
persistence_location {folder}/
autosave_interval 1
log_dest none
"""


class MosquittoProcess:
    """One broker in a folder; its port outlives its restarts."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("mosquitto") or shutil.which(
            "mosquitto", path="/usr/sbin:/usr/local/sbin"
        )
        if program is None:
            raise LookupError("mosquitto is not installed: scripts/setup")
        data_dir = folder / "mosquitto"
        data_dir.mkdir()
        port = find_free_port()
        # It lets everybody in, whatever they say.
        self.address = BrokerAddress(
            host=HOST, port=port, device_password="-", gateway_password="-"
        )
        config = data_dir / "mosquitto.conf"
        config.write_text(CONFIG.format(port=port, folder=data_dir), "utf-8")
        self._program = Program(
            "mosquitto",
            [program, "-c", str(config)],
            log_path=data_dir / "log",
            is_ready=lambda: is_listening(port),
        )

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last."""
        return self._program.process

    def start(self) -> None:
        """Start it and return when it accepts connections."""
        self._program.start()

    def stop(self) -> None:
        """Stop it."""
        self._program.stop()
