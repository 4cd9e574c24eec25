"""Bins in processes of their own: real firmware on a real interpreter, to be killed."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from backend.embedded.broker import BrokerAddress
from benchmarks.faults.told import Told

FIRMWARE = Path(__file__).parents[2] / "firmware"
MICROPYTHON = Path(sys.executable).parent / "micropython"
SCRIPT = Path(__file__).with_name("waking.py")
EPOCH_2000_S = 946_684_800
DAY_S = 24 * 3600
LINE_BYTES = 40  # of a log, with its neighbour's end
# What the sensors of a bin at rest say: a cell, 15 degrees, upright.
WORLD = {
    "BIN_WIFI": '{"depot": ["020000000001", -60]}',
    "BIN_BATTERY_MV": "3700",
    "BIN_I2C_48": "0f00",
    "BIN_I2C_19": "00000000803e",
}


class Device:
    """One bin: its folder is its memory, its process may die at any time."""

    def __init__(self, folder: Path, name: str, broker: BrokerAddress) -> None:
        folder.mkdir()
        self.name = name
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        config = {
            "device": name,
            "networks": {"depot": ""},
            "broker_host": broker.host,
            "broker_port": broker.port,
            "user": broker.device_user,
            "password": broker.device_password,
        }
        (folder / "config.json").write_text(json.dumps(config), "utf-8")
        self.start()

    def start(self) -> None:
        """Reset the chip; only the first time it finds its memory empty."""
        is_first = not (self._folder / "rtc_memory").exists()
        with (self._folder / "console").open("ab") as console:
            self._process = subprocess.Popen(
                [MICROPYTHON, "-X", "heapsize=256K", SCRIPT],
                cwd=self._folder,
                env=WORLD
                | {
                    "MICROPYPATH": f"{FIRMWARE}/host/standins:{FIRMWARE}:.frozen",
                    "BIN_NOW": str(int(time.time())),
                    "BIN_POWER_ON": str(int(is_first)),
                },
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
            )

    def kill(self) -> None:
        """Kill it wherever it is."""
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError(f"{self.name} ended by itself:\n{self.last_words()}")
        self._process.kill()
        self._process.wait()

    def step_clock(self, chance: random.Random) -> None:
        """Let its clock jump by up to three days, or believe that it is 2000."""
        skew_s = EPOCH_2000_S - int(time.time())
        if chance.random() < 0.5:
            known_s = int((self._folder / "clock_skew").read_text("ascii"))
            skew_s = known_s + chance.randint(-3 * DAY_S, 3 * DAY_S)
        (self._folder / "clock_skew").write_text(str(skew_s), "ascii")

    def finish(self) -> None:
        """Let it measure no more, and end when everything is acknowledged."""
        (self._folder / "finish").touch()

    def wait(self, timeout_s: float) -> bool:
        """Wait for that; False when it takes too long, or it fails."""
        assert self._process is not None
        try:
            return self._process.wait(timeout_s) == 0
        except subprocess.TimeoutExpired:
            return False

    def close(self) -> None:
        """End it at once."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        """Say what it wrote on its console last."""
        return (self._folder / "console").read_text("utf-8")[-1000:]

    def tell(self) -> Told:
        """Read its logs."""
        made = {epoch: next_seq for epoch, next_seq, _ in self._lines("made")}
        sent = 0
        places: Counter[tuple[int, int]] = Counter()
        for epoch, first_seq, count in self._lines("sent"):
            places.update((epoch, first_seq + each) for each in range(count))
            sent += count
        torn = sum(1 for _ in self._lines("torn"))
        ahead = sum(count for _, _, count in self._lines("ahead"))
        return Told(made=made, sent=sent, sent_once=len(places), torn=torn, ahead=ahead)

    @property
    def acked(self) -> tuple[int, int]:
        """Tell its epoch and how many records were acknowledged, quickly."""
        path = self._folder / "made"
        if not path.exists() or not path.stat().st_size:
            return 0, 0
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - LINE_BYTES))
            last = log.read().split(b"\n")[-2]
        epoch, _, acked_seq = last.split()
        return int(epoch), int(acked_seq)

    def _lines(self, log: str) -> Iterator[tuple[int, int, int]]:
        path = self._folder / log
        for line in path.read_text("ascii").splitlines() if path.exists() else ():
            first, second, third = line.split()
            yield int(first), int(second), int(third)
