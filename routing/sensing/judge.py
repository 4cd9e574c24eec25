"""From readings to what is believed of them: faults, levels, emptyings, condition."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.sensing.condition import look_at_condition
from routing.sensing.emptyings import Candidate, describe, find_candidates, keep_apart
from routing.sensing.faults import judge_against_level, judge_alone
from routing.sensing.follow import Course, follow
from routing.sensing.model import DetectedEmptying, DeviceReadings, Judgement
from routing.sensing.spells import (
    BEFORE_H,
    SEEN_BACK_H,
    SEEN_BEFORE_H,
    SPELL_H,
    cut,
    first_spell,
    hourly_medians,
)
from routing.sensing.surface import UNSAID, to_cell, to_saying

_ROWS_AT_ONCE = 512  # their beliefs fit into a cache
_SETTLED_IN_H = 48  # a row starts from knowing nothing


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Task:
    """One device's readings cut into spells; the first is only looked at."""

    readings: DeviceReadings
    spells: range
    alone: IntArray
    sayings: IntArray


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Found:
    """What the rows of one device came to, in hindsight where there is one."""

    course: Course
    candidates: list[Candidate]
    echo_share: FloatArray


def judge_readings(
    devices: Sequence[DeviceReadings], *, from_h: Sequence[float]
) -> list[Judgement]:
    """Judge what each device said from a time on, and what that changes earlier.

    Parameters
    ----------
    devices
        Each with at least one reading, and all its readings since
        ``reads_from_h(from_h)``.
    from_h
        From when on readings are new, device by device.
    """
    tasks = [
        _prepare(readings, start_h)
        for readings, start_h in zip(devices, from_h, strict=True)
    ]
    return [
        _judge(task, found)
        for batch in _batches(tasks)
        for task, found in zip(batch, _follow_all(batch), strict=True)
    ]


def _prepare(readings: DeviceReadings, from_h: float) -> _Task:
    last = math.floor(readings.measured_h[-1] / SPELL_H)
    spells = range(min(first_spell(from_h), last) - 1, last + 1)
    alone = judge_alone(readings, _usual_tilt(readings, spells))
    fill = np.where(alone == 0, readings.fill, np.nan)
    hours, hourly = hourly_medians(readings.measured_h, fill)
    return _Task(
        readings=readings,
        spells=spells,
        alone=alone,
        sayings=to_saying(cut(hours, hourly, spells)),
    )


def _usual_tilt(readings: DeviceReadings, spells: range) -> FloatArray:
    """(k,) median tilt in the days before each spell."""
    usual = np.full(len(readings.measured_h), np.nan)
    for spell in spells:
        start_h = spell * SPELL_H
        since, start, end = np.searchsorted(
            readings.measured_h, (start_h - BEFORE_H, start_h, start_h + SPELL_H)
        )
        before = readings.tilt_deg[since:start]
        before = before[~np.isnan(before)]
        if len(before):
            usual[start:end] = np.median(before)
    return usual


def _batches(tasks: Sequence[_Task]) -> Iterator[list[_Task]]:
    batch: list[_Task] = []
    rows = 0
    for task in tasks:
        if batch and rows + len(task.spells) > _ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
        batch.append(task)
        rows += len(task.spells)
    if batch:
        yield batch


def _follow_all(batch: Sequence[_Task]) -> Iterator[_Found]:
    sayings = np.concatenate([task.sayings for task in batch])
    course = follow(sayings, last=SEEN_BACK_H)
    is_said = (sayings != UNSAID)[:, _SETTLED_IN_H:]
    echoes = (course.echo_then[:, _SETTLED_IN_H:] * is_said).sum(axis=1)
    echo_share = echoes / np.maximum(1, is_said.sum(axis=1))
    start = 0
    for task in batch:
        rows = slice(start, start + len(task.spells))
        start = rows.stop
        own = course.of(rows)
        yield _Found(
            course=own,
            candidates=find_candidates(
                own, (sayings[rows] != UNSAID)[:, -SEEN_BACK_H:]
            ),
            echo_share=echo_share[rows],
        )


def _judge(task: _Task, found: _Found) -> Judgement:
    readings, course = task.readings, found.course
    row, hour = _places(task)
    cell = to_cell(to_saying(readings.fill))
    fault = judge_against_level(
        readings,
        task.alone,
        settled=course.settled[row, SEEN_BEFORE_H + hour],
        echo=course.echo[row, SEEN_BEFORE_H + hour],
        fixed=_share_around(course.echo_heights, row, cell),
    )
    range_mm = readings.empty_mm - readings.full_mm
    emptyings = _emptyings(task, found)
    return Judgement(
        from_h=float((task.spells.start + 1) * SPELL_H),
        fault=fault,
        level_mm=readings.empty_mm - course.level[row, BEFORE_H + hour] * range_mm,
        deviation_mm=course.deviation[row, BEFORE_H + hour] * range_mm,
        emptyings=emptyings,
        condition=look_at_condition(
            readings,
            task.alone,
            echo_share=float(found.echo_share[-1]),
            echo_heights=course.echo_heights[-1],
            emptyings=emptyings,
        ),
    )


def _places(task: _Task) -> tuple[IntArray, IntArray]:
    """(k,) row and hour in its spell of each reading; earlier ones at the start."""
    spell, hour = np.divmod(
        np.floor(task.readings.measured_h).astype(np.int64), SPELL_H
    )
    row = spell - task.spells.start
    return np.maximum(row, 0), np.where(row < 0, 0, hour)


def _share_around(heights: FloatArray, row: IntArray, cell: IntArray) -> FloatArray:
    """(k,) share of the false echoes that came from where a reading is."""
    padded = np.pad(heights, ((0, 0), (1, 1)))
    return padded[row, cell] + padded[row, cell + 1] + padded[row, cell + 2]


def _emptyings(task: _Task, found: _Found) -> tuple[DetectedEmptying, ...]:
    believed = [
        each
        for each in found.candidates
        if each.is_believed(float(found.echo_share[each.row]))
    ]
    spells = np.array([task.spells[each.row] for each in believed], np.int64)
    hours = spells * SPELL_H + np.array([each.hour for each in believed], np.int64)
    return tuple(
        describe(
            believed[i],
            task.readings,
            task.alone,
            hour=int(hours[i]),
            echo_share=float(found.echo_share[believed[i].row]),
        )
        for i in keep_apart(hours, spells)
        if believed[i].row > 0
    )
