"""The light simulator: every device of the demo that is not real firmware."""

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from backend.demo.device import Device
from backend.demo.echo import measure_mm
from backend.demo.radio import Radio
from backend.demo.shown_clock import ShownClock
from backend.demo.truth import PhysicalBin, Truth
from backend.demo.wire import Record, decode_ack, topic

MEASURE_EVERY = timedelta(hours=1)
TICK_S = 0.2
KNOCKED_OVER_DEG = 34
BATTERY_NEW_MV = 3650
BATTERY_SPREAD_MV = 260
GOOD_ECHOES = (5, 10)  # of nine; the upper end is not drawn
ACK_TOPICS = "ullage/1/+/+/ack"


@dataclass(kw_only=True, slots=True)
class Post:
    """A device on its bin, and when it measures next."""

    device: Device
    bin: PhysicalBin
    due_at: datetime
    rng: np.random.Generator = field(repr=False)
    leans_deg: int = 0

    def measure(self, truth: Truth) -> None:
        """Note one record and move on to the next time."""
        at = self.due_at
        new = self.bin.demo.new
        distance_mm = measure_mm(
            truth.fill(self.bin.slot_id, at),
            empty_mm=new.empty_mm,
            full_mm=new.full_mm,
            rng=self.rng,
        )
        self.device.note(
            Record(
                measured_at=at,
                distance_mm=distance_mm,
                battery_mv=BATTERY_NEW_MV - self.bin.slot_id * 37 % BATTERY_SPREAD_MV,
                temperature_c=_temperature_c(at),
                tilt_deg=self.leans_deg + int(self.rng.integers(4)),
                echo_count=int(self.rng.integers(*GOOD_ECHOES)) if distance_mm else 0,
            )
        )
        self.due_at = at + MEASURE_EVERY


def _temperature_c(at: datetime) -> float:
    """Return a plain day: coldest at four, warmest at four in the afternoon."""
    return 8.0 - 4.0 * float(np.cos((at.hour - 4) / 24 * 2 * np.pi))


def man_posts(
    truth: Truth, last_measured: dict[str, datetime | None], *, since: datetime
) -> list[Post]:
    """Give every simulated device its bin, going on after what it said last.

    A device whose program was restarted has lost its journal and begins a new epoch.
    """
    posts = list(_posts(truth, last_measured, since))
    if posts:
        # Somebody knocked one over: there is an alarm to see.
        posts[0].leans_deg = KNOCKED_OVER_DEG
    return posts


def _posts(
    truth: Truth, last_measured: dict[str, datetime | None], since: datetime
) -> Iterator[Post]:
    for each in truth.bins.values():
        device = each.demo.new.device
        if device is None or each.demo.new.device_kind != "simulated":
            continue
        number = zlib.crc32(device.encode())
        begins_at = (last_measured.get(device) or since) + MEASURE_EVERY
        # Spread over the hour, so that the map breathes instead of jumping.
        due_at = begins_at.replace(
            minute=number % 60, second=number % 59, microsecond=0
        )
        rng = np.random.default_rng([number, int(due_at.timestamp())])
        epoch = int(rng.integers(1, 2**32))
        yield Post(
            device=Device(device=device, epoch=epoch),
            bin=each,
            due_at=due_at,
            rng=rng,
        )


def run_fleet(
    posts: list[Post], truth: Truth, *, clock: ShownClock, radio: Radio
) -> None:
    """Measure, say and hear, until the program ends."""
    by_device = {each.device.device: each.device for each in posts}
    while True:
        now = clock.now()
        for each in posts:
            while each.due_at <= now:
                each.measure(truth)
            message = each.device.speak(now=now, clock_s=time.monotonic())
            if message is not None:
                radio.say(topic(each.device.device, "readings"), message)
        _hear(radio, by_device)
        time.sleep(TICK_S)


def _hear(radio: Radio, devices: dict[str, Device]) -> None:
    while not radio.heard.empty():
        heard_topic, payload = radio.heard.get()
        device = devices.get(heard_topic.split("/")[3])
        if device is not None:
            device.hear(decode_ack(payload))
