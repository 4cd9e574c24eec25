"""Take the devices that said something new, judge it, keep the judgement."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from psycopg import Connection

from backend.store.quality import (
    DeviceSpan,
    EmptyingRow,
    FaultRow,
    TrustRow,
    Verdict,
    Waiting,
    is_alone,
    load_spans,
    load_trust,
    load_waiting,
    mark_judged,
    tell,
    write_trust,
    write_verdict,
)
from routing.sensing import (
    FAULTS,
    DeviceReadings,
    Judgement,
    Reason,
    Trust,
    TrustState,
    judge_readings,
    reads_from_h,
    weigh_trust,
)

DEVICES_AT_ONCE = 200
"""A notification holds 8000 bytes; and a batch is judged within two seconds."""
HOURS_AT_ONCE = 30 * 366 * 24
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def judge_pending(conn: Connection[Any]) -> int:
    """Judge some of the devices that wait, in one transaction; return how many."""
    with conn.transaction():
        waiting = load_waiting(conn, devices=DEVICES_AT_ONCE) if is_alone(conn) else []
        if not waiting:
            return 0
        waiting = _affordable(waiting)
        from_h = _from_hours(waiting)
        since = {device: to_at(reads_from_h(hour)) for device, hour in from_h.items()}
        spans = load_spans(conn, since)
        judged = judge_readings(
            [_to_readings(span) for span in spans],
            from_h=[from_h[span.device_id] for span in spans],
        )
        _keep(conn, spans, judged)
        mark_judged(conn, waiting)
    return len(from_h)


def _affordable(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Take no more than fits into memory: a first time means the whole past."""
    hours = np.cumsum([max(0.0, each.span_h) for each in waiting])
    count = max(1, int(np.searchsorted(hours, HOURS_AT_ONCE)))
    taken = {each.device_id for each in waiting[:count]}
    return [each for each in waiting if each.device_id in taken]


def _from_hours(waiting: Sequence[Waiting]) -> dict[int, float]:
    from_h: dict[int, float] = {}
    for each in waiting:
        hour = (each.judge_from_at - EPOCH) / timedelta(hours=1)
        from_h[each.device_id] = min(hour, from_h.get(each.device_id, hour))
    return from_h


def _to_readings(span: DeviceSpan) -> DeviceReadings:
    return DeviceReadings(
        measured_h=np.array(span.measured_h, np.float64),
        received_h=np.array(span.received_h, np.float64),
        previous_h=np.array(span.previous_h, np.float64),
        distance_mm=np.array(span.distance_mm, np.float64),
        is_weighed=np.array(span.is_weighed, np.bool_),
        tilt_deg=np.array(span.tilt_deg, np.float64),
        empty_mm=np.array(span.empty_mm, np.float64),
        full_mm=np.array(span.full_mm, np.float64),
    )


def _keep(
    conn: Connection[Any], spans: Sequence[DeviceSpan], judged: Sequence[Judgement]
) -> None:
    """Write it all; a device's last span, at the slot where it is now, is its state."""
    known = load_trust(conn, [span.device_id for span in spans])
    held: dict[int, TrustRow] = {}
    for span, judgement in zip(spans, judged, strict=True):
        trust = _to_trust(span, judgement, known.get(span.device_id))
        write_verdict(conn, _to_verdict(span, judgement, trust))
        held[span.device_id] = trust
    write_trust(conn, list(held.values()))
    changed = [
        device for device, row in held.items() if _is_news(row, known.get(device))
    ]
    if changed:
        tell(conn, changed)


def _to_trust(
    span: DeviceSpan, judgement: Judgement, known: TrustRow | None
) -> TrustRow:
    condition = judgement.condition
    trust = weigh_trust(condition, None if known is None else _as_trust(known))
    measured_at = to_at(span.measured_h[-1])
    is_same = known is not None and known.state == trust.state
    believed = np.flatnonzero(judgement.fault == 0)
    newest = int(believed[-1]) if len(believed) else None
    return TrustRow(
        device_id=span.device_id,
        state=trust.state.value,
        reasons=[reason.value for reason in trust.reasons],
        since=known.since if known is not None and is_same else measured_at,
        measured_at=measured_at,
        believed_at=None if newest is None else to_at(span.measured_h[newest]),
        believed_mm=None if newest is None else span.distance_mm[newest],
        level_mm=float(judgement.level_mm[-1]),
        deviation_mm=float(judgement.deviation_mm[-1]),
        readings=condition.readings,
        echo_share=condition.echo_share,
        no_echo_share=condition.no_echo_share,
        stuck_share=condition.stuck_share,
        clock_share=condition.clock_share,
        moved_share=condition.moved_share,
        gap_share=condition.gap_share,
        echo_heights_mm=list(condition.echo_heights_mm),
        empty_fill=condition.empty_fill,
    )


def _as_trust(row: TrustRow) -> Trust:
    reasons = tuple(Reason(reason) for reason in row.reasons)
    return Trust(state=TrustState(row.state), reasons=reasons)


def _to_verdict(span: DeviceSpan, judgement: Judgement, trust: TrustRow) -> Verdict:
    """Leave out the emptyings that a sensor shows while it is not trusted."""
    is_distrusted = trust.state == TrustState.NOT_TRUSTED
    return Verdict(
        device_id=span.device_id,
        slot_id=span.slot_id,
        from_at=to_at(judgement.from_h),
        faults=[
            FaultRow(
                device_id=span.device_id,
                measured_at=to_at(span.measured_h[i]),
                epoch=span.epoch[i],
                seq=span.seq[i],
                fault=FAULTS[judgement.fault[i] - 1].value,
            )
            for i in np.flatnonzero(judgement.fault).tolist()
            if span.measured_h[i] >= judgement.from_h
        ],
        emptyings=[
            EmptyingRow(
                slot_id=span.slot_id,
                device_id=span.device_id,
                emptied_at=to_at(each.at_h),
                kind=each.kind.value,
                after_at=to_at(each.after_h),
                seen_at=to_at(each.until_h),
                fill_before=each.fill_before,
                fill_after=each.fill_after,
                confidence=each.confidence,
            )
            for each in judgement.emptyings
            if not (is_distrusted and to_at(each.until_h) >= trust.since)
        ],
    )


def _is_news(row: TrustRow, known: TrustRow | None) -> bool:
    """Tell whether the map shows something else than the newest reading."""
    is_faulty = row.believed_at != row.measured_at
    return is_faulty or known is None or known.state != row.state


def to_at(hour: float) -> datetime:
    """Turn hours since 1970-01-01 UTC into a time, to the microsecond."""
    return EPOCH + timedelta(microseconds=round(hour * 3_600_000_000))
