"""What a bin's records say of fire, overflow, tilt, knocks and battery."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.alarms.hysteresis import OFF, Mark, Patience, Standing, find_standing
from backend.alarms.limits import (
    BatteryLimits,
    FireLimits,
    KnockLimits,
    OverflowLimits,
    TiltLimits,
)
from backend.store.alarm_facts import Limits, Record, SlotFacts
from backend.store.alarms import Verdict

# docs/payload.md
NO_ECHO, NOISY, TILTED, HOT, BATTERY_LOW, KNOCKED = 2, 4, 8, 16, 32, 64
RECOVERED = 4  # times the records that raise, before a battery is no longer low


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """All that one bin is judged by; `is_all`: it has no older records."""

    slot: SlotFacts
    limits: Limits
    records: Sequence[Record]
    is_all: bool


Marks = list[tuple[datetime, Mark]]


def judge(known: Known) -> list[Verdict] | None:
    """Tell what is on and what is off; None: older records decide."""
    verdicts = [
        condition(known) for condition in (fire, overflow, tilt, knock, battery)
    ]
    if None in verdicts:
        return None
    return [each for each in verdicts if each is not None]


def fire(known: Known) -> Verdict | None:
    """Hot, said to be hot, or warmer too fast; over once it was cool for long."""
    limits = FireLimits(**known.limits["fire"])
    marks: Marks = []
    seen: dict[str, Any] = {}
    for before, record in _with_warmth_before(known):
        mark, rise_c = _mark_heat(before, record, limits)
        marks.append((record.measured_at, mark))
        if mark is Mark.HIGH:
            seen = {"temperature_c": record.temperature_c, "rise_c": rise_c}
    patience = Patience(clear_after=timedelta(seconds=limits.cool_s))
    standing = find_standing(marks, patience, is_all=known.is_all)
    return _verdict("fire", known, standing, seen)


def _mark_heat(
    before: Record | None, record: Record, limits: FireLimits
) -> tuple[Mark, float | None]:
    rise_c = _rise(before, record, limits)
    if rise_c is not None or record.flags & HOT:
        return Mark.HIGH, rise_c
    return _mark(record.temperature_c, limits.hot_c, limits.cool_c), None


def _rise(before: Record | None, record: Record, limits: FireLimits) -> float | None:
    """Return by how much it grew warmer, if that was too much and too fast."""
    if before is None or before.temperature_c is None or record.temperature_c is None:
        return None
    rise_c = record.temperature_c - before.temperature_c
    took_s = (record.measured_at - before.measured_at).total_seconds()
    is_fast = rise_c * limits.rise_s >= limits.rise_c * took_s
    return rise_c if rise_c >= limits.rise_c and is_fast else None


def overflow(known: Known) -> Verdict | None:
    """Full by what the sensor believably sees since the bin was emptied last."""
    if not known.slot.is_believed:
        return _verdict("overflow", known, OFF, {})
    limits = OverflowLimits(**known.limits["overflow"])
    emptied_at = known.slot.emptied_at
    since = [
        each
        for each in known.records
        if emptied_at is None or each.measured_at > emptied_at
    ]
    fills = [_believed_fill(each) for each in since]
    marks = [
        (each.measured_at, _mark(fill, limits.raise_fill, limits.clear_fill))
        for each, fill in zip(since, fills, strict=True)
    ]
    # What was before it was emptied decides nothing.
    is_all = known.is_all or len(since) < len(known.records)
    records = int(limits.records)
    patience = Patience(raise_records=records, clear_records=records)
    standing = find_standing(marks, patience, is_all=is_all)
    seen = {"fill_fraction": next((each for each in fills[::-1] if each), None)}
    return _verdict("overflow", known, standing, seen)


def _believed_fill(record: Record) -> float | None:
    return None if record.flags & (NO_ECHO | NOISY) else record.fill_fraction


def tilt(known: Known) -> Verdict | None:
    """Leaning for some records in a row, until it stands upright as long."""
    limits = TiltLimits(**known.limits["tilt"])
    marks: Marks = []
    seen: dict[str, Any] = {}
    for record in known.records:
        mark = _mark(record.tilt_deg, limits.raise_deg, limits.clear_deg)
        if record.flags & TILTED:
            mark = Mark.HIGH
        marks.append((record.measured_at, mark))
        if mark is Mark.HIGH:
            seen = {"tilt_deg": record.tilt_deg}
    records = int(limits.records)
    patience = Patience(raise_records=records, clear_records=records)
    standing = find_standing(marks, patience, is_all=known.is_all)
    return _verdict("tilt", known, standing, seen)


def knock(known: Known) -> Verdict | None:
    """Hit by something else than its emptying, until it was calm for long."""
    limits = KnockLimits(**known.limits["knock"])
    marks = [
        (
            each.measured_at,
            Mark.HIGH if _is_blow(each, known.slot, limits) else Mark.LOW,
        )
        for each in known.records
    ]
    patience = Patience(clear_after=timedelta(seconds=limits.calm_s))
    standing = find_standing(marks, patience, is_all=known.is_all)
    if standing is not None and standing.is_on:
        # Who fell silent says nothing calm any more; that is an alarm of its own.
        struck_at = max(at for at, mark in marks if mark is Mark.HIGH)
        is_over = known.slot.looked_at - struck_at >= timedelta(seconds=limits.over_s)
        standing = OFF if is_over else standing
    return _verdict("knock", known, standing, {})


def _is_blow(record: Record, slot: SlotFacts, limits: KnockLimits) -> bool:
    if not record.flags & KNOCKED:
        return False
    if slot.emptied_at is None:
        return True
    apart = abs(record.measured_at - slot.emptied_at)
    return apart > timedelta(seconds=limits.emptied_s)


def battery(known: Known) -> Verdict | None:
    """Low by the device's own word, or by the days that its voltages leave it."""
    limits = BatteryLimits(**known.limits["battery"])
    records = int(limits.records)
    marks = [
        (each.measured_at, Mark.HIGH if each.flags & BATTERY_LOW else Mark.LOW)
        for each in known.records
    ]
    patience = Patience(raise_records=records, clear_records=RECOVERED * records)
    standing = find_standing(marks, patience, is_all=known.is_all)
    days_left = known.slot.days_left
    seen = {"days_left": days_left}
    if standing is None or standing.is_on or days_left is None or not marks:
        return _verdict("battery", known, standing, seen)
    # A day's outlook is no record: between its limits the alarm stays as it is.
    is_open = "battery" in known.slot.open_kinds
    is_on = days_left < (limits.clear_days if is_open else limits.raise_days)
    since = marks[-1][0] if is_on else None
    return _verdict("battery", known, Standing(is_on=is_on, since=since), seen)


def _verdict(
    kind: str, known: Known, standing: Standing | None, seen: dict[str, Any]
) -> Verdict | None:
    if standing is None:
        return None
    return Verdict(
        kind=kind,
        slot_id=known.slot.slot_id,
        is_on=standing.is_on,
        began_at=standing.since,
        facts=seen,
    )


def _mark(value: float | None, raise_at: float, clear_at: float) -> Mark:
    if value is None:
        return Mark.NOTHING
    if value >= raise_at:
        return Mark.HIGH
    return Mark.LOW if value <= clear_at else Mark.BETWEEN


def _with_warmth_before(known: Known) -> Iterator[tuple[Record | None, Record]]:
    """Pair each record with the last one before it that measured a temperature.

    Where there are older ones than are known here, the first that did is left out: from
    what it rose is not known.
    """
    before: Record | None = None
    for record in known.records:
        if known.is_all or before is not None or record.temperature_c is None:
            yield before, record
        if record.temperature_c is not None:
            before = record
