"""What in a record deserves a flag, and what deserves to be reported now."""

from micropython import const

from binnode import payload
from binnode.config import Config
from binnode.journal import Journal

_TILT_LIMIT_DEG = const(20)
_HOT_LIMIT_DC = const(600)
# Fire rule after Milesight EM400: a jump, as well as an absolute limit.
_HOT_JUMP_DC = const(50)
_URGENT = payload.TILTED | payload.HOT | payload.BATTERY_LOW


def find_flags(
    *,
    battery_mv: int,
    temperature_dc: int,
    tilt_deg: int,
    previous_dc: int,
    battery_low_mv: int,
) -> int:
    """Flag what is wrong with the surroundings; quantities not measured are not."""
    flags = 0
    if 0 < battery_mv < battery_low_mv:
        flags |= payload.BATTERY_LOW
    if _TILT_LIMIT_DEG < tilt_deg < payload.TILT_UNMEASURED:
        flags |= payload.TILTED
    if _is_hot(temperature_dc, previous_dc):
        flags |= payload.HOT
    return flags


def _is_hot(temperature_dc: int, previous_dc: int) -> bool:
    if temperature_dc > _HOT_LIMIT_DC:
        return True
    is_known = previous_dc != payload.TEMPERATURE_UNMEASURED
    return is_known and temperature_dc - previous_dc > _HOT_JUMP_DC


def is_report_due(journal: Journal, record: payload.Record, config: Config) -> bool:
    """Decide whether this wake is worth the radio.

    What was *tried* last counts, not what arrived: a broker that is away must
    not make every wake of a changing bin pay for a connection.
    """
    if journal.wakes % config.report_every == 0:
        return True
    if record.flags & _URGENT & ~journal.reported_flags:
        return True
    return _has_moved(journal.reported_mm, record, config.delta_mm)


def _has_moved(reported_mm: int, record: payload.Record, delta_mm: int) -> bool:
    # A sensor that flickers between echo and none, or scatters, would otherwise
    # empty the battery; its flags travel with the next regular report.
    if record.flags & (payload.NO_ECHO | payload.NOISY):
        return False
    moved_mm: int = abs(record.distance_mm - reported_mm)
    return moved_mm >= delta_mm
