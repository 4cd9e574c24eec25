"""What a bin does between two sleeps."""

import gc
import time

from micropython import const

from binnode import clock, power, radio, surroundings, ultrasonic, uplink
from binnode.alarms import find_flags, is_report_due
from binnode.config import Config
from binnode.deadline import Deadline
from binnode.journal import Journal
from binnode.payload import CLOCK_UNSET, Record

_WIFI_MS = const(8_000)


def run(config: Config) -> None:
    """Measure, remember, and report when it is worth it.

    The journal is saved before the radio starts: whatever happens after that, no
    record is lost and no number is given out twice.
    """
    journal = power.load_journal()
    clock.resume(journal, int(time.time()), config.measure_every_s)
    record = take_record(journal, config)
    is_due = is_report_due(journal, record, config)
    journal.append(record)
    if is_due:
        journal.mark_reported(record)
    power.save_journal(journal)
    if is_due:
        report(journal, config)


def take_record(journal: Journal, config: Config) -> Record:
    """Measure everything once."""
    bus = surroundings.open_bus()
    temperature_dc = surroundings.read_temperature_dc(bus)
    tilt_deg = surroundings.read_tilt_deg(bus)
    battery_mv = power.read_battery_mv()
    flags = find_flags(
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        previous_dc=journal.temperature_dc,
        battery_low_mv=config.battery_low_mv,
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


def report(journal: Journal, config: Config) -> None:
    """Bring the pending records to the gateway."""
    gc.collect()
    try:
        deadline = Deadline(_WIFI_MS)
        if radio.connect(config.wifi_ssid, config.wifi_password, deadline):
            uplink.report(journal, config)
        else:
            print("wifi: no connection to", config.wifi_ssid)
    finally:
        radio.off()
