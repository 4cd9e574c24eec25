"""One record of everything; unloaded before a session (`wake.unload`)."""

import time

from binnode import clock, power, sensors
from binnode.payload import CLOCK_UNSET, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config
    from binnode.memory.journal import Journal
    from binnode.sensors.ranging import Distance


def measure(journal: "Journal", settings: "Config") -> tuple[Record, bool]:
    """Take a record, and decide whether it is worth the radio."""
    record = take_record(journal, settings)
    from binnode.alarms import is_report_due

    return record, is_report_due(journal, record, settings)


def take_record(journal: "Journal", settings: "Config") -> Record:
    """Measure everything once."""
    temperature_dc, tilt_deg, is_knocked = _feel(settings)
    distance = _sound(journal, settings, temperature_dc)
    from binnode.alarms import find_flags

    battery_mv = power.read_battery_mv()
    flags = find_flags(
        settings,
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        previous_dc=journal.temperature_dc,
        is_knocked=is_knocked,
    )
    return Record(
        measured_s=clock.now_s(journal, int(time.time())),
        distance_mm=distance.distance_mm,
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        echo_count=distance.echo_count,
        flags=flags | distance.flags | (0 if journal.is_clock_set else CLOCK_UNSET),
    )


# One after the other, and then unloaded: memory has no room for both.
def _feel(settings: "Config") -> tuple[int, int, bool]:
    from binnode.sensors import surroundings, wiring

    is_knocked = wiring.was_woken_by_pin()
    temperature_dc, tilt_deg = surroundings.measure(settings.thermometer)
    # After a knock the pin rests for a while: who keeps knocking empties no battery.
    if settings.knock_mg and not is_knocked:
        surroundings.watch_for_knocks(settings.knock_mg)
    sensors.forget()
    return temperature_dc, tilt_deg, is_knocked


def _sound(journal: "Journal", settings: "Config", temperature_dc: int) -> "Distance":
    if settings.sensor == "hx711":
        from binnode.sensors import hx711

        level = hx711.measure(settings.cell_zero, settings.cell_per_hg)
    else:
        from binnode.sensors import sounding
        from binnode.sensors.ranging import is_fresh_look

        level = sounding.measure(
            settings.sensor,
            temperature_dc,
            known_mm=journal.reported_mm,
            is_fresh=is_fresh_look(journal.wakes, settings.report_every),
            is_between=journal.wakes % settings.report_every != 0,
        )
    sensors.forget()
    return level
