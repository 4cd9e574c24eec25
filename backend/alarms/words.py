"""An alarm in words, from its facts: for lists, mails and whoever reads a webhook."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.store.alarms import Alarm

NAMES = {
    "fire": "Fire",
    "overflow": "Overflow",
    "tilt": "Tilted or moved",
    "knock": "Hit hard",
    "battery": "Battery low",
    "silent": "Silent",
    "not_trusted": "Sensor not trusted",
    "gateway": "Gateway away",
}
S_PER_MIN, MIN_PER_H = 60, 60


def name(alarm: Alarm) -> str:
    """Name the kind of an alarm."""
    return NAMES[alarm.kind]


def what(alarm: Alarm) -> str:
    """Say what was seen, in one sentence without its full stop."""
    return SAY[alarm.kind](alarm)


def place(alarm: Alarm) -> str:
    """Say which bin it is and where; the fleet is everywhere."""
    if alarm.code is None:
        return "All bins"
    where = dict.fromkeys(each for each in (alarm.site, alarm.address) if each)
    return ", ".join([f"Bin {alarm.code}", *where])


def local(at: datetime, zone: ZoneInfo) -> str:
    """Write a time as the organisation's clocks show it."""
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


def _fire(alarm: Alarm) -> str:
    heat_c, rise_c = (alarm.facts.get(each) for each in ("temperature_c", "rise_c"))
    if heat_c is None:
        return "the sensor says it is hot"
    if rise_c is not None:
        return f"{heat_c:.0f} °C, {rise_c:.0f} °C more than just before"
    return f"{heat_c:.0f} °C"


def _overflow(alarm: Alarm) -> str:
    fill = alarm.facts.get("fill_fraction")
    return "full" if fill is None else f"{fill * 100:.0f} % full"


def _tilt(alarm: Alarm) -> str:
    tilt_deg = alarm.facts.get("tilt_deg")
    return "not upright" if tilt_deg is None else f"{tilt_deg}° from upright"


def _knock(_: Alarm) -> str:
    return "something struck it while nobody emptied it: see that it is whole"


def _battery(alarm: Alarm) -> str:
    days = alarm.facts.get("days_left")
    if days is None:
        return "the sensor says that its battery is low"
    return f"its battery lasts {days:.0f} more days" if days >= 1 else "battery empty"


def _silent(alarm: Alarm) -> str:
    every = _span(alarm.facts.get("report_every_s", 0))
    if alarm.facts.get("was_heard"):
        return f"nothing heard, though it should report every {every}"
    return f"never heard since it was put up, though it should report every {every}"


def _span(seconds: float) -> str:
    minutes = round(seconds / S_PER_MIN)
    return f"{minutes} min" if minutes % MIN_PER_H else f"{minutes // MIN_PER_H} h"


def _not_trusted(alarm: Alarm) -> str:
    reasons = alarm.facts.get("reasons") or []
    said = [each if isinstance(each, str) else str(each) for each in reasons]
    return ", ".join(said) or "its readings do not fit together"


def _gateway(alarm: Alarm) -> str:
    return f"no gateway hears {alarm.facts.get('devices')} sensors"


SAY = {
    "fire": _fire,
    "overflow": _overflow,
    "tilt": _tilt,
    "knock": _knock,
    "battery": _battery,
    "silent": _silent,
    "not_trusted": _not_trusted,
    "gateway": _gateway,
}
