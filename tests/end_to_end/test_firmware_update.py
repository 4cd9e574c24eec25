"""From a signed release to a bin that runs it: nothing on the way is a stand-in.

But the chip: real MicroPython on the chip's heap, a broker with the access list that is
shipped and certificates on both sides, gateway and database.
"""

import os
import time
from pathlib import Path
from shutil import copy

import pytest
from host.build import build
from host.world import World

from tests.firmware.conftest import NOON_S, Device
from tests.firmware.heap import chip_heap_kb
from tests.firmware.signed import put_into_slot, resign
from tests.services.commands import run_here

READ_STATES = """
SELECT version, state, reason FROM device_update
JOIN firmware_release USING (firmware_release_id) ORDER BY device_update_id"""
UNANNOUNCED = "SELECT FROM device_update WHERE NOT is_announced"
ADD_DEVICE = "INSERT INTO device (device, kind) VALUES ('bin-1', 'ullage-esp32')"
PATIENCE_S = 20
CERTIFICATES = {
    "ca.der": "ca.der",
    "bin-1.der": "client.der",
    "bin-1_key.der": "client_key.der",
}
MUTE = "def report(journal, config, answer, way):\n    pass\n"
WAKES_MAX = 40
ROOMY_KB = 128


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The application compiled, without the stand-ins."""
    out: Path = tmp_path_factory.mktemp("built")
    build(out)
    return out


@pytest.fixture
def chip(tmp_path, mosquitto, start_gateway) -> Device:
    """A device with nothing in its slots; loader and stand-ins lie beside it."""
    system, folder = tmp_path / "system", tmp_path / "bin"
    build(system, ("host/standins",))
    folder.mkdir()
    (folder / "clock_skew").write_text("0", "ascii")  # or the stand-ins do not load
    device = Device(folder, World(now_s=NOON_S), firmware_dir=system)
    start_gateway(mosquitto.way_in("gateway-1"))
    certificates = mosquitto.certificates
    certificates.of("bin-1")
    for ours, name in CERTIFICATES.items():
        copy(certificates.folder / ours, folder / name)
    device.provision(
        broker_host="localhost", broker_port=mosquitto.port, tls=True, report_every=1
    )
    return device


@pytest.fixture
def ullage(database):
    def run(*words: object) -> str:
        settings = os.environ | {"ULLAGE_DATABASE": database}
        done = run_here("firmware", *map(str, words), env=settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def wake_until(chip, connection, state: str) -> int:
    """Wake until the newest offer has come to a state; return how many it took."""
    tight_kb = chip_heap_kb(chip.firmware_dir)
    for count in range(1, WAKES_MAX):
        # The wakes of an update have the chip's heap, over TLS as well; what reporting
        # needs is held by `tests/firmware/test_heap.py`.
        is_for_update = (chip.folder / "next").exists()
        chip.heap_kb = tight_kb if is_for_update else ROOMY_KB
        wake = chip.wake()
        assert wake.console == ""
        if connection.execute(READ_STATES).fetchall()[-1][1] == state:
            return count
    raise AssertionError(connection.execute(READ_STATES).fetchall())


def wait_for_announcement(connection) -> None:
    """Wait until the gateway has told the broker what is offered."""
    give_up_s = time.monotonic() + PATIENCE_S
    while connection.execute(UNANNOUNCED).fetchall():
        assert time.monotonic() < give_up_s
        time.sleep(0.05)


def offer(ullage, connection, release: Path, version: int) -> None:
    ullage("publish", release)
    ullage("offer", version, "--all")
    wait_for_announcement(connection)


def test_a_version_is_fetched_over_many_wakes_and_one_that_is_mute_goes_back(
    chip, built, ullage, connection, tmp_path
):
    connection.execute(ADD_DEVICE)
    put_into_slot(resign(built, tmp_path / "1", 1), chip.folder)

    offer(ullage, connection, resign(built, tmp_path / "2", 2), 2)
    wakes = wake_until(chip, connection, "confirmed")

    assert wakes >= 8  # each of several parts has a wake to report, and one to fetch
    assert (chip.folder / "slot").read_text() == "b"

    mute = resign(built, tmp_path / "3", 3, uplink=MUTE)
    offer(ullage, connection, mute, 3)
    wake_until(chip, connection, "rolled_back")

    assert (chip.folder / "slot").read_text() == "b!"
    assert [row[:2] for row in connection.execute(READ_STATES)] == [
        (2, "confirmed"),
        (3, "rolled_back"),
    ]
    assert "version 3 (esp32)" in (listed := ullage("list"))
    assert "stopped: bin-1 went back" in listed
    chip.heap_kb = ROOMY_KB
    chip.wake_quietly()
