"""Services that die, programs that are told to stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from backend.embedded.errors import ServiceStartError
from backend.embedded.service import Program
from backend.embedded.supervise import Supervisor

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
# Three services, one of which is deaf to SIGTERM; their ids on standard output.
LAUNCHER = """
import sys
from pathlib import Path
from backend.embedded.service import Program
from backend.embedded.supervise import Supervisor
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
with Supervisor() as supervisor:
    for name in ("first", "second", "third"):
        service = Program(name, sleep, log_path=Path(sys.argv[1]) / name)
        supervisor.start(service)
        print(service.process.pid, flush=True)
    supervisor.watch()
"""


class Noted:
    """A service that writes down what is done to it."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self.name = name
        self._notes = notes
        self.lives = 0

    def start(self) -> None:
        self._notes.append(f"start {self.name}")
        self.lives += 1

    def is_alive(self) -> bool:
        return self.lives > 1

    def stop(self) -> None:
        self._notes.append(f"stop {self.name}")


def launch(folder: Path) -> tuple[subprocess.Popen[str], list[psutil.Process]]:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    return launcher, [psutil.Process(int(launcher.stdout.readline())) for _ in range(3)]


def test_services_start_in_order_and_stop_in_reverse():
    notes: list[str] = []

    with Supervisor() as supervisor:
        supervisor.start(Noted("a", notes))
        supervisor.start(Noted("b", notes))

    assert notes == ["start a", "start b", "stop b", "stop a"]


def test_a_service_that_died_is_started_again():
    notes: list[str] = []

    with Supervisor() as supervisor:
        supervisor.start(Noted("a", notes))
        supervisor.watch(for_s=1.5)

    assert notes == ["start a", "start a", "stop a"]


def test_a_service_that_does_not_start_says_why(tmp_path):
    notes: list[str] = []
    broken = Program(
        "broken",
        [sys.executable, "-c", "raise SystemExit('no luck')"],
        log_path=tmp_path / "broken.log",
        is_ready=lambda: False,
    )

    with Supervisor() as supervisor:
        supervisor.start(Noted("a", notes))
        with pytest.raises(ServiceStartError, match="no luck"):
            supervisor.start(broken)

    assert notes == ["start a", "stop a"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything(tmp_path, number):
    launcher, services = launch(tmp_path)

    with launcher:
        launcher.send_signal(number)
        assert launcher.wait(PATIENCE_S) == 0

    assert not any(each.is_running() for each in services)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux'")
def test_no_service_outlives_a_supervisor_that_was_killed(tmp_path):
    launcher, services = launch(tmp_path)

    with launcher:
        launcher.kill()

    _, alive = psutil.wait_procs(services, timeout=PATIENCE_S)
    assert alive == []


def test_a_program_that_does_not_stop_is_made_to(tmp_path):
    deaf = Program(
        "deaf",
        [
            sys.executable,
            "-c",
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
            "print('deaf', flush=True); time.sleep(600)",
        ],
        log_path=tmp_path / "deaf.log",
        is_ready=lambda: (tmp_path / "deaf.log").read_text() == "deaf\n",
    )
    deaf.start()

    deaf.stop(timeout_s=0.2)

    assert not deaf.is_alive()


def test_signals_are_as_before_when_the_supervisor_is_gone():
    before = signal.getsignal(signal.SIGTERM)

    with Supervisor():
        assert signal.getsignal(signal.SIGTERM) is not before

    assert signal.getsignal(signal.SIGTERM) is before


def test_watching_ends_by_itself(tmp_path):
    start_s = time.monotonic()

    with Supervisor() as supervisor:
        supervisor.start(Program("sleep", SLEEP, log_path=tmp_path / "sleep.log"))
        supervisor.watch(for_s=0.3)

    assert time.monotonic() - start_s >= 0.3
