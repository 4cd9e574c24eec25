"""What in a record deserves a flag, and what deserves to be reported now."""

from micropython import const

from binnode import payload

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config
    from binnode.memory.journal import Journal

_PATIENT_FAILURES = const(3)
_RARER = const(4)
# The place of the distance has a mass, in steps of 100 g; so have the limits.
_WEIGHED = const(128)
_URGENT = payload.TILTED | payload.HOT | payload.BATTERY_LOW | payload.KNOCKED


def find_flags(
    limits: "Config",
    *,
    battery_mv: int,
    temperature_dc: int,
    tilt_deg: int,
    previous_dc: int,
    is_knocked: bool,
) -> int:
    """Flag what is wrong with the surroundings; quantities not measured are not."""
    flags = payload.KNOCKED if is_knocked else 0
    if 0 < battery_mv < limits.battery_low_mv:
        flags |= payload.BATTERY_LOW
    if limits.tilt_limit_deg < tilt_deg < payload.TILT_UNMEASURED:
        flags |= payload.TILTED
    if _is_hot(limits, temperature_dc, previous_dc):
        flags |= payload.HOT
    return flags


def _is_hot(limits: "Config", temperature_dc: int, previous_dc: int) -> bool:
    # Fire rule after Milesight EM400: a jump, as well as an absolute limit.
    if temperature_dc > limits.hot_limit_dc:
        return True
    is_known = previous_dc != payload.TEMPERATURE_UNMEASURED
    rise_dc: int = temperature_dc - previous_dc
    return is_known and rise_dc > limits.hot_jump_dc


def is_report_due(journal: "Journal", record: payload.Record, config: "Config") -> bool:
    """Decide whether this wake is worth the radio.

    What was *tried* last counts, not what arrived: a broker that is away must
    not make every wake of a changing bin pay for a connection.
    """
    if _is_too_weak(journal, record, config):
        return False
    alarms = record.flags & _URGENT
    if alarms & ~journal.reported_flags:
        return True
    # Each try in vain costs as much as many hours of sleep.
    is_patient = journal.failures >= _PATIENT_FAILURES and not alarms
    every = config.report_every * (_RARER if is_patient else 1)
    if journal.wakes % every == 0:
        return True
    return not is_patient and _has_changed(journal.reported_mm, record, config)


def _is_too_weak(journal: "Journal", record: payload.Record, limits: "Config") -> bool:
    """Tell whether the radio would pull the cell down until the chip resets.

    A chip that begins with a low cell may well have been reset by just that: unless it
    waits for a while, it goes round until the cell is dead.
    """
    if not record.battery_mv:
        return False  # not measured
    if not journal.wakes and record.flags & payload.BATTERY_LOW:
        return True
    return bool(record.battery_mv < limits.radio_min_mv)


def _has_changed(reported_mm: int, record: payload.Record, limits: "Config") -> bool:
    # A sensor that flickers between echo and none, or scatters, would otherwise
    # empty the battery; its flags travel with the next regular report.
    if record.flags & (payload.NO_ECHO | payload.NOISY):
        return False
    moved_mm: int = abs(record.distance_mm - reported_mm)
    if moved_mm >= limits.delta_mm:
        return True
    return _has_crossed(reported_mm, record, limits)


def _has_crossed(reported_mm: int, record: payload.Record, limits: "Config") -> bool:
    """Tell whether a bin got too full since the last report, or has room again."""
    distance_mm: int = record.distance_mm
    threshold_mm: int = limits.threshold_mm
    if not threshold_mm:
        return False
    if record.flags & _WEIGHED:  # heavy is full, as near is
        reported_mm, distance_mm = -reported_mm, -distance_mm
        threshold_mm = -threshold_mm
    if reported_mm > threshold_mm:
        return bool(distance_mm <= threshold_mm)
    return bool(distance_mm >= threshold_mm + limits.hysteresis_mm)
