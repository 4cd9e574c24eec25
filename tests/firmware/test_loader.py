"""The loader: which folder runs, and what it does when one cannot."""

from pathlib import Path

import pytest
from host.build import build
from host.world import World

from tests.firmware.conftest import NOON_S, Device

APPLICATION = """
from machine import deepsleep
def run():
    import binnode
    print("version", {version}, binnode.slot, binnode.is_trial)
    deepsleep({version})
"""


@pytest.fixture(scope="module")
def system(tmp_path_factory) -> Path:
    """Loader and stand-ins; the application is the device's own."""
    out: Path = tmp_path_factory.mktemp("system")
    build(out, ("host/standins",))
    return out


@pytest.fixture
def device(tmp_path, system) -> Device:
    return Device(tmp_path, World(now_s=NOON_S), firmware_dir=system)


def put(device, slot, version, *, source=APPLICATION, is_whole=True):
    folder = device.folder / slot / "binnode"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("slot = 'a'\nis_trial = False\n")
    (folder / "start.py").write_text(source.replace("{version}", str(version)))
    if is_whole:
        (device.folder / slot / "manifest").write_text("signed")


def point(device, text):
    (device.folder / "slot").write_text(text)


def pointer(device):
    return (device.folder / "slot").read_text()


def test_a_device_that_was_never_updated_runs_its_first_folder(device):
    put(device, "a", 1)

    assert device.wake().console == "version 1 a False\n"
    assert not (device.folder / "slot").exists()


def test_a_version_on_trial_spends_a_wake_before_it_runs(device):
    put(device, "a", 1)
    put(device, "b", 2, source="raise SystemExit(3)")  # as if the watchdog had bitten
    point(device, "b2")

    assert [device.wake().status for _ in range(2)] == [3, 3]
    assert pointer(device) == "b0"
    assert device.wake().console == "version 1 a False\n"
    assert pointer(device) == "a!"
    assert device.wake().console == "version 1 a False\n"


def test_a_version_on_trial_knows_that_it_is(device):
    put(device, "b", 2)
    point(device, "b7")

    assert device.wake().console == "version 2 b True\n"


@pytest.mark.parametrize(
    "source", ["import nothing_of_this_name", "def run(:", "def run(): 1 / 0", ""]
)
def test_a_version_on_trial_that_cannot_start_goes_back_at_once(device, source):
    put(device, "a", 1)
    put(device, "b", 2, source=source)
    point(device, "b9")

    assert device.wake().sleep_ms == 60_000
    assert pointer(device) == "a!"
    assert device.wake().console == "version 1 a False\n"


def test_a_damaged_folder_gives_way_to_the_other_one(device):
    put(device, "a", 1)
    put(device, "b", 2)
    point(device, "b")
    (device.folder / "b" / "binnode" / "start.py").unlink()

    device.wake()

    assert pointer(device) == "a!"
    assert device.wake().console == "version 1 a False\n"


def test_a_damaged_folder_does_not_give_way_to_half_of_one(device):
    put(device, "a", 1, source="import nothing_of_this_name")
    put(device, "b", 2, is_whole=False)

    wakes = [device.wake() for _ in range(2)]

    assert [wake.sleep_ms for wake in wakes] == [60_000, 60_000]
    assert not (device.folder / "slot").exists()


@pytest.mark.parametrize("text", ["", "x", "\0\0"])
def test_a_pointer_that_is_not_understood_means_the_first_folder(device, text):
    put(device, "a", 1)
    point(device, text)

    assert device.wake().console == "version 1 a False\n"
