"""What a bin does between two sleeps."""

import gc
import sys
import time

from micropython import const

from binnode import clock, config, power, sensors
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
    power.sleep(max(_SLEEP_MIN_MS, sleep_s * 1000 - awake_ms))


def run(settings: Config) -> None:
    """Measure, remember, and report when it is worth it.

    The journal is saved before the radio starts: whatever happens after that, no
    record is lost and no number is given out twice.
    """
    journal = power.load_journal()
    clock.resume(journal, int(time.time()), settings.measure_every_s)
    record = take_record(journal, settings)
    sensors.forget()
    is_due = is_report_due(journal, record, settings)
    journal.append(record)
    if is_due:
        journal.mark_reported(record)
    power.save_journal(journal)
    if is_due:
        report(journal, settings)


def take_record(journal: Journal, settings: Config) -> Record:
    """Measure everything once; what only that needs is imported for as long."""
    from binnode.sensors import sounding, surroundings, wiring
    from binnode.sensors.ranging import is_fresh_look

    is_knocked = wiring.was_woken_by_pin()
    temperature_dc, tilt_deg = surroundings.measure(settings.thermometer)
    battery_mv = power.read_battery_mv()
    flags = find_flags(
        settings,
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        previous_dc=journal.temperature_dc,
        is_knocked=is_knocked,
    )
    distance = sounding.measure(
        settings.sensor,
        temperature_dc,
        known_mm=journal.reported_mm,
        is_fresh=is_fresh_look(journal.wakes, settings.report_every),
    )
    # After a knock the pin rests for a while: who keeps knocking empties no battery.
    if settings.knock_mg and not is_knocked:
        surroundings.watch_for_knocks(settings.knock_mg)
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
    """Bring the pending records to the gateway; imported as late as it can be."""
    gc.collect()
    from binnode import radio

    networks = {settings.wifi_ssid: settings.wifi_password}
    now_s = clock.now_s(journal, int(time.time()))
    try:
        joined = radio.connect(networks, now_s, Deadline(_WIFI_MS))
        if joined:
            _hand_over(journal, settings, joined)
        else:
            print("wifi: none in reach of", ", ".join(networks))
    finally:
        radio.off()


def _hand_over(journal: Journal, settings: Config, joined: int) -> None:
    from binnode import radio, uplink

    try:
        uplink.report(journal, settings)
    except OSError:
        # Perhaps somebody else has our address by now, or the network leads nowhere.
        if joined == radio.AGAIN:
            radio.forget()
        raise
