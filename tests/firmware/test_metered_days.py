"""The committed days of the power budget are those of this firmware."""

import json
from dataclasses import replace
from statistics import median

import pytest
from host.server import serving_wakes
from sim import meter
from sim.scenes import QUIET_WILD, bin_scenes

from hardware.budget import metered
from tests.firmware.test_tls import certify, closed_broker, give

PINGS = 33
WAKES = 16  # the first finds the network, the next ones settle
SETTLED = 8


@pytest.fixture
def wakes(device, cursor, tmp_path):
    """Some hours of a bin that reports by mutual TLS every second wake."""
    certificates = tmp_path / "certificates"
    certify(certificates)
    give(device, ca=certificates, own=certificates)
    scenes = bin_scenes(1, wakes=WAKES, wild_share=QUIET_WILD, is_bursty=False)
    with closed_broker(device, certificates, cursor), serving_wakes() as server:
        lived = [_wake(device, server, *each) for each in enumerate(scenes)]
    return lived[SETTLED:]


def _wake(device, server, number, scene):
    pings = scene.pings()
    world = replace(
        device.world,
        now_s=device.world.now_s + 900 * number,
        pings_mm=tuple(max(0, next(pings)) for _ in range(PINGS)),
    )
    done = server.run_wake(device.folder, world, is_metered=True)
    assert (done.status, done.console) == (0, "")
    return meter.read_wake(device.folder)


def test_a_wake_takes_what_the_committed_days_say(wakes):
    said_mc = json.loads(metered.FILE.read_text("utf-8"))["wake_mc"]
    reporting = [each.charge_mc for each in wakes if each.has_reported]
    measuring = [each.charge_mc for each in wakes if not each.has_reported]

    assert median(measuring) == pytest.approx(said_mc["measuring"], rel=0.05), (
        "run scripts/bench metered-days"
    )
    assert median(reporting) == pytest.approx(said_mc["reporting"], rel=0.05)


def test_the_committed_days_are_made_of_such_wakes():
    wake_mc = json.loads(metered.FILE.read_text("utf-8"))["wake_mc"]
    hourly = metered.load_days()["hourly reports"]
    besides = (metered.ASLEEP, metered.RETRIES, meter.ADDRESS)
    awake_mc = hourly.charge_mc - sum(hourly.phase(n).charge_mc for n in besides)

    made_mc = 72 * wake_mc["measuring"] + 24 * wake_mc["reporting"]
    assert awake_mc == pytest.approx(made_mc, rel=0.03)


def test_budget_and_meter_call_phases_alike():
    assert metered.RADIO == meter.RADIO
    assert (metered.RETRIES, metered.SENSOR, metered.ASLEEP) == (
        meter.RETRIES,
        meter.SENSOR,
        meter.ASLEEP,
    )
