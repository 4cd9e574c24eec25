"""What a bin does between two sleeps."""

import gc
import sys
import time

from micropython import const

import binnode
from binnode import (
    clock,
    config,
    power,
    radio,
    start,
    surroundings,
    ultrasonic,
    uplink,
)
from binnode.alarms import find_flags, is_report_due
from binnode.config import Config
from binnode.deadline import Deadline
from binnode.journal import Journal
from binnode.payload import CLOCK_UNSET, Record

_WIFI_MS = const(8_000)
_DEFAULT_SLEEP_S = const(900)
_SLEEP_MIN_MS = const(1_000)


def live(config_path: str) -> None:
    """Do one wake, from reset to deep sleep, whatever happens in between."""
    started = time.ticks_ms()  # type: ignore[attr-defined]
    sleep_s = _DEFAULT_SLEEP_S
    try:
        settings = config.load(config_path)
        sleep_s = settings.measure_every_s
        run(settings)
    # Nothing may keep a bin awake: say it on the serial console and sleep.
    except Exception as error:  # noqa: BLE001
        sys.print_exception(error)  # type: ignore[attr-defined]
    awake_ms = time.ticks_diff(time.ticks_ms(), started)  # type: ignore[attr-defined]
    sleep_ms = max(_SLEEP_MIN_MS, sleep_s * 1000 - awake_ms)
    power.sleep(start.fetch_before(sleep_ms) if binnode.is_update_due else sleep_ms)


def run(settings: Config) -> None:
    """Measure, remember, and report when it is worth it.

    The journal is saved before the radio starts: whatever happens after that, no
    record is lost and no number is given out twice.
    """
    journal = power.load_journal()
    clock.resume(journal, int(time.time()), settings.measure_every_s)
    record = take_record(journal, settings)
    # A version on trial has yet to show that it can report.
    is_due = is_report_due(journal, record, settings) or binnode.is_trial
    journal.append(record)
    if is_due:
        journal.mark_reported(record)
    power.save_journal(journal)
    if is_due:
        report(journal, settings)


def take_record(journal: Journal, settings: Config) -> Record:
    """Measure everything once."""
    temperature_dc, tilt_deg = surroundings.measure()
    battery_mv = power.read_battery_mv()
    flags = find_flags(
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        previous_dc=journal.temperature_dc,
        battery_low_mv=settings.battery_low_mv,
    )
    distance = ultrasonic.measure()
    return Record(
        measured_s=clock.now_s(journal, int(time.time())),
        distance_mm=distance.distance_mm,
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        echo_count=distance.echo_count,
        flags=flags | distance.flags | (0 if journal.is_clock_set else CLOCK_UNSET),
    )


def report(journal: Journal, settings: Config) -> None:
    """Bring the pending records to the gateway."""
    gc.collect()
    try:
        deadline = Deadline(_WIFI_MS)
        if radio.connect(settings.wifi_ssid, settings.wifi_password, deadline):
            uplink.report(journal, settings)
        else:
            print("wifi: no connection to", settings.wifi_ssid)
    finally:
        radio.off()
