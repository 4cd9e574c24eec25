"""Bins report, and whoever carries their readings is killed, in a seeded order."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.faults.fleet import PLUGGED, SLEEPY, Fleet
from benchmarks.faults.installation import (
    PATIENCE_S,
    BrokerProcess,
    Installation,
    connected_again,
    installed,
)
from benchmarks.faults.small_disk import small_disk
from benchmarks.faults.verdict import Verdict, judge

LIFE_S = (0.1, 0.9)  # between readings flowing again and the next kill
CLOCK_STEP_S = 25 * 60  # so that no good record seems to come from the future
FINISH_S = 90.0
STILL_S = 1.0
NO_ROOM = b"No space left on device"
ADD_DEVICE = "INSERT INTO device (device, kind) VALUES (%s, 'test')"
# One lot of kills; each lot is shuffled.
LOT = ("gateway", "broker", "database", "device") * 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of a run; `faults` counts them by kind."""

    verdict: Verdict
    faults: Counter[str]
    is_finished: bool
    elapsed_s: float


@contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder that the database's own user can get to."""
    with TemporaryDirectory(prefix="ullage-faults-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@contextmanager
def reporting(folder: Path, installation: Installation) -> Iterator[Fleet]:
    """Let new bins report."""
    with psycopg.connect(installation.dsn) as conn:
        names = [(each,) for each in (*SLEEPY, *PLUGGED)]
        conn.cursor().executemany(ADD_DEVICE, names)
    fleet = Fleet(folder / "bins", installation.broker.address)
    try:
        fleet.wait_for_flow(PATIENCE_S)
        yield fleet
    finally:
        fleet.close()


def draw_kills(count: int, chance: random.Random) -> list[str]:
    """Draw whom to kill: all kinds alike, in lots of a random order."""
    drawn: list[str] = []
    while len(drawn) < count:
        drawn += chance.sample(LOT, len(LOT))
    return drawn[:count]


class Killer:
    """Knows how each of them dies."""

    def __init__(
        self, installation: Installation, fleet: Fleet, chance: random.Random
    ) -> None:
        self._installation = installation
        self._fleet = fleet
        self._chance = chance
        self._database: Sequence[Callable[[], None]] = (
            installation.kill_database,
            installation.kill_launcher,
        )

    def kill(self, kind: str) -> None:
        """Kill one, and see that it comes back."""
        match kind:
            case "gateway":
                self._installation.kill_gateway()
            case "broker":
                self._installation.kill_broker()
            case "database":
                # In turn, as a supervisor waits longer after each death.
                first, *rest = self._database
                self._database = (*rest, first)
                first()
            case "device":
                self._kill_device()

    def step_clock(self) -> None:
        """Let the database's clock jump."""
        self._installation.step_clock(self._chance.uniform(-CLOCK_STEP_S, CLOCK_STEP_S))

    def _kill_device(self) -> None:
        device = self._chance.choice(self._fleet.devices)
        device.kill()
        if self._chance.random() < 0.5:
            device.step_clock(self._chance)
        device.start()


def run_kills(
    count: int,
    seed: int,
    *,
    broker: Callable[[Path], BrokerProcess] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Kill so many, one after the other, while readings flow; then count."""
    chance = random.Random(seed)
    begin_s = time.monotonic()
    with (
        scratch() as folder,
        installed(folder, broker and broker(folder)) as installation,
        reporting(folder, installation) as fleet,
    ):
        killer = Killer(installation, fleet, chance)
        kills = draw_kills(count, chance)
        for number, kind in enumerate(kills):
            if number % len(LOT) == 0:
                killer.step_clock()
            time.sleep(chance.uniform(*LIFE_S))
            killer.kill(kind)
            fleet.wait_for_flow(PATIENCE_S)
            say(f"{number + 1}: {kind}")
        return _finish(installation, fleet, Counter(kills), begin_s)


def run_full_disk(times: int) -> Outcome:
    """Fill the database's disk so often, and give room again; then count.

    Raises
    ------
    NoSmallDiskError
        If no small disk can be had here.
    TimeoutError
        If readings are acknowledged for all that, or not again afterwards.
    """
    begin_s = time.monotonic()
    with (
        scratch() as folder,
        small_disk(folder / "database") as disk,
        installed(folder) as installation,
        reporting(folder, installation) as fleet,
    ):
        for _ in range(times):
            said = installation.count_said(NO_ROOM)
            disk.fill()
            fleet.wait_for_silence(PATIENCE_S, STILL_S)
            if installation.count_said(NO_ROOM) == said:
                raise TimeoutError("the gateway says nothing of a full disk")
            disk.clear()
            installation.revive_database()
            fleet.wait_for_flow(PATIENCE_S)
        return _finish(installation, fleet, Counter({"disk": times}), begin_s)


def _finish(
    installation: Installation, fleet: Fleet, faults: Counter[str], begin_s: float
) -> Outcome:
    is_finished = fleet.finish(FINISH_S)
    with connected_again(installation.dsn) as conn:
        verdict = judge(conn, fleet.bins)
    return Outcome(
        verdict=verdict,
        faults=faults,
        is_finished=is_finished,
        elapsed_s=time.monotonic() - begin_s,
    )
