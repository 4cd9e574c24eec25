"""How far off the energy model is: its charges beside the published totals.

Each total is predicted from its duration and from the other totals. And a bin reports
by plain MQTT, as in those measurements; what its radio takes is metered.
"""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
from host.wake import run_wake
from host.world import World
from sim import published
from sim.meter import ADDRESS, BOOT, JOIN, SESSION, Metered, read_wake
from sim.published import Measured

from benchmarks.faults.installation import Installation, installed
from benchmarks.faults.run import scratch
from benchmarks.firmware.bins import compile_firmware, introduce, provision
from benchmarks.report import Figure

TOTALS = {
    "static IP and MQTT": published.WITH_MQTT,
    "DHCP": published.WITH_DHCP,
    "DHCP and HTTP": published.WITH_POST,
}
# Nobody published both together: a message takes what it takes with a static address.
WITH_BOTH_MC = (
    published.WITH_DHCP.charge_mc
    + published.WITH_MQTT.beyond(published.WITH_STATIC_IP).charge_mc
)
APART_S = 900


def measure() -> Iterator[Figure]:
    """Compare the figures that the model is made of, and what it makes of a report."""
    line = partial(
        Figure,
        bench="firmware",
        figure="modelled_mc",
        unit="mC",
        reference="published total",
        digits=1,
    )
    for case, total in TOTALS.items():
        yield line(
            case=f"{case}, predicted from the others",
            value=predict_mc(total),
            reference_value=total.charge_mc,
        )
    with scratch() as folder, installed(folder) as installation:
        anew, again = report_twice(folder, installation)
    yield line(
        case="static IP and MQTT, a report metered",
        value=take_radio_mc(again),
        reference_value=published.WITH_MQTT.charge_mc,
    )
    yield line(
        case="DHCP and MQTT, a report metered",
        value=take_radio_mc(anew),
        reference_value=WITH_BOTH_MC,
    )


def predict_mc(total: Measured) -> float:
    """Predict one of the totals without it."""
    others = [each for each in TOTALS.values() if each is not total]
    return published.predict_mc(total, *others)


def take_radio_mc(wake: Metered) -> float:
    """Take what those measurements have: no sensors, no look around, but a board."""
    phases = [
        each for each in wake.phases if each.name in (BOOT, JOIN, ADDRESS, SESSION)
    ]
    board_ma = published.WITH_MQTT.board_ma
    return sum(each.charge_mc + board_ma * each.duration_s for each in phases)


def report_twice(folder: Path, installation: Installation) -> tuple[Metered, Metered]:
    """Report from a network that has to be looked for, then from the same again."""
    home = folder / "bin-1"
    home.mkdir()
    provision(home, installation.broker.address, report_every=1)
    firmware = compile_firmware(folder)
    metered = []
    with psycopg.connect(installation.dsn, autocommit=True) as conn:
        introduce(conn, [home.name])
    now_s = int(time.time())
    # The first one does not know yet what time it is, and keeps no address for long.
    for number in range(3):
        world = World(now_s=now_s + APART_S * number)
        done = run_wake(home, world, firmware_dir=firmware, is_metered=True)
        assert (done.status, done.console) == (0, ""), done.console
        metered.append(read_wake(home))
    return metered[1], metered[2]
