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
    is_regular = journal.wakes % config.report_every == 0
    is_alarmed = bool(record.flags & _URGENT)
    if is_alarmed and record.flags & _URGENT & ~journal.reported_flags:
        return True
    if journal.failures >= _PATIENT_FAILURES and not is_alarmed:
        # Each try in vain costs as much as many hours of sleep.
        return bool(journal.wakes % (config.report_every * _RARER) == 0)
    if is_regular:
        return True
    # A sensor that flickers between echo and none, or scatters, would otherwise
    # empty the battery; its flags travel with the next regular report.
    if record.flags & (payload.NO_ECHO | payload.NOISY):
        return False
    moved_mm: int = abs(record.distance_mm - journal.reported_mm)
    return moved_mm >= config.delta_mm or _has_crossed(
        journal.reported_mm, record.distance_mm, config, record.flags & _WEIGHED
    )


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


def _has_crossed(
    reported_mm: int, distance_mm: int, limits: "Config", is_weighed: int
) -> bool:
    """Tell whether a bin got too full since the last report, or has room again."""
    threshold_mm: int = limits.threshold_mm
    if not threshold_mm:
        return False
    if is_weighed:  # what is full is far down on the scale of a distance
        reported_mm, distance_mm = -reported_mm, -distance_mm
        threshold_mm = -threshold_mm
    if reported_mm > threshold_mm:
        return bool(distance_mm <= threshold_mm)
    return bool(distance_mm >= threshold_mm + limits.hysteresis_mm)
