"""The demo's bins with the real firmware: one MicroPython process a wake."""

import importlib
import json
import logging
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import numpy as np

from backend.demo.echo import measure_mm
from backend.demo.radio import BrokerAddress
from backend.demo.shown_clock import ShownClock
from backend.demo.truth import PhysicalBin, Truth

log = logging.getLogger(__name__)

FIRMWARE = Path(__file__).resolve().parents[2] / "firmware"
TICK_S = 0.2
# The first wakes lie in the past, one every quarter of an hour.
FIRST_SLEEP = timedelta(minutes=15)


class FirmwareMissingError(Exception):
    """The firmware is not beside the program: the demo needs the whole repository."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def load_firmware_host(firmware: Path = FIRMWARE) -> tuple[ModuleType, ModuleType]:
    """Import `host.wake` and `host.world` from the firmware folder.

    It is not part of the distribution: it is what is copied onto a device.
    """
    if not (firmware / "main.py").is_file():
        raise FirmwareMissingError
    if str(firmware) not in sys.path:
        sys.path.append(str(firmware))
    return (
        importlib.import_module("host.wake"),
        importlib.import_module("host.world"),
    )


@dataclass(kw_only=True, slots=True)
class FirmwareBin:
    """A device's folder, its bin, and when it wakes next."""

    folder: Path
    bin: PhysicalBin
    wakes_at: datetime
    seed: int


def provision(
    folder: Path, physical: PhysicalBin, *, broker: BrokerAddress, wakes_at: datetime
) -> FirmwareBin:
    """Write the device's `config.json`, as an installer would."""
    device = physical.demo.new.device
    if device is None:
        raise ValueError(f"bin {physical.demo.new.code} has no device")
    home = folder / device
    home.mkdir(parents=True, exist_ok=True)
    config = {
        "device": device,
        "networks": {"demo": "not a real network"},
        "broker_host": broker.host,
        "broker_port": broker.port,
        "user": broker.user,
        "password": broker.password,
        "measure_every_s": 900,
        "report_every": 2,
        "delta_mm": 60,
    }
    home.joinpath("config.json").write_text(json.dumps(config), "utf-8")
    return FirmwareBin(
        folder=home, bin=physical, wakes_at=wakes_at, seed=physical.slot_id
    )


def start_firmware(
    bins: list[FirmwareBin], truth: Truth, *, clock: ShownClock
) -> threading.Thread:
    """Wake them whenever their sleep is over, in a thread of their own."""
    thread = threading.Thread(
        target=_run, args=(bins, truth, clock), name="firmware", daemon=True
    )
    thread.start()
    return thread


def _run(bins: list[FirmwareBin], truth: Truth, clock: ShownClock) -> None:
    wake, world = load_firmware_host()
    while True:
        for each in bins:
            if each.wakes_at <= clock.now():
                _wake(each, truth, wake=wake, world=world)
        time.sleep(TICK_S)


def _wake(
    each: FirmwareBin, truth: Truth, *, wake: ModuleType, world: ModuleType
) -> None:
    at = each.wakes_at
    new = each.bin.demo.new
    rng = np.random.default_rng([each.seed, int(at.timestamp())])
    distance_mm = measure_mm(
        truth.fill(each.bin.slot_id, at),
        empty_mm=new.empty_mm,
        full_mm=new.full_mm,
        rng=rng,
    )
    met = world.World(
        now_s=int(at.timestamp()),
        distance_mm=distance_mm or None,
        noise_permille=60,
        battery_mv=3720,
        temperature_dc=64,
        tilt_deg=1,
        is_clock_right=True,
        seed=each.seed,
    )
    done = wake.run_wake(each.folder, met, firmware_dir=FIRMWARE)
    if done.status != 0:
        log.warning("%s: wake ended with %s: %s", new.device, done.status, done.console)
    slept = timedelta(milliseconds=done.sleep_ms) if done.sleep_ms else FIRST_SLEEP
    each.wakes_at = at + slept
