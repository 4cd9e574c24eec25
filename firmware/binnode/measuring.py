"""One record of everything; unloaded before a session (`wake.unload`)."""

import time

from binnode import clock, power, surroundings, ultrasonic
from binnode.alarms import find_flags, is_report_due
from binnode.config import Config
from binnode.journal import Journal
from binnode.payload import CLOCK_UNSET, Record


def measure(journal: Journal, settings: Config) -> tuple[Record, bool]:
    """Take a record, and decide whether it is worth the radio."""
    record = take_record(journal, settings)
    return record, is_report_due(journal, record, settings)


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
