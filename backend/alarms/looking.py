"""One look: judge bins by what the database knows, and let alarms follow."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from backend.alarms.battery import days_left
from backend.alarms.conditions import Known, judge
from backend.store.alarm_facts import load_facts, load_limits, load_records
from backend.store.alarm_sweeps import (
    find_changes,
    find_slots_to_look_at,
    keep_outlooks,
    load_batteries_due,
)
from backend.store.alarms import (
    Event,
    Verdict,
    clear_alarms,
    clear_unwanted,
    hold_judgement,
    raise_alarms,
    repeat_alarms,
    tell_pages,
)
from backend.store.bins import find_slots_of_devices
from backend.store.notifications import queue_notifications

AT_ONCE = 500  # bins in one transaction
FIRST_DEPTH, DEEPER = 8, 8  # records: most bins are decided by their newest
BATTERIES_AT_ONCE = 100
BATTERY_DAYS = 60
GATHER_S = 20.0  # what a mail that is not critical waits for others


def look_at_slots(conn: Connection[Any], slot_ids: Sequence[int]) -> None:
    """Judge bins by their records; each transaction raises and clears for some."""
    for start in range(0, len(slot_ids), AT_ONCE):
        with conn.transaction():
            hold_judgement(conn)
            verdicts = _judge(conn, slot_ids[start : start + AT_ONCE])
            _follow(conn, verdicts)


def look_at_devices(conn: Connection[Any], device_ids: Sequence[int]) -> None:
    """Judge the bins of devices that were heard."""
    look_at_slots(conn, find_slots_of_devices(conn, list(device_ids)))


def look_at_all(conn: Connection[Any]) -> None:
    """Judge every bin, as after a time in which nobody listened."""
    look_at_slots(conn, find_slots_to_look_at(conn, every=True))
    sweep(conn)


def sweep(conn: Connection[Any]) -> None:
    """Find what no reading tells: silence, outlooks, alarms to clear or to repeat."""
    _foresee_batteries(conn)
    look_at_slots(conn, find_slots_to_look_at(conn, every=False))
    with conn.transaction():
        hold_judgement(conn)
        _follow(conn, find_changes(conn))
        _tell(conn, clear_unwanted(conn), "cleared")
        _tell(conn, repeat_alarms(conn), "repeated")


def _foresee_batteries(conn: Connection[Any]) -> None:
    """Count the days of the batteries whose turn it is, and judge their bins."""
    due = load_batteries_due(conn, count=BATTERIES_AT_ONCE, days=BATTERY_DAYS)
    outlooks = {
        each.device_id: days_left(each.samples, empty_mv=each.empty_mv) for each in due
    }
    keep_outlooks(conn, outlooks)
    look_at_devices(conn, list(outlooks))


def _judge(conn: Connection[Any], slot_ids: Sequence[int]) -> list[Verdict]:
    """Judge by the newest records, and by older ones where these do not decide."""
    limits = load_limits(conn)
    undecided = {each.slot_id: each for each in load_facts(conn, slot_ids)}
    verdicts: list[Verdict] = []
    depth = FIRST_DEPTH
    while undecided:
        for slot_id, records in load_records(
            conn, list(undecided), depth=depth
        ).items():
            slot = undecided[slot_id]
            known = Known(
                slot=slot,
                limits=limits[slot.organisation_id, slot.stream],
                records=records,
                is_all=len(records) < depth,
            )
            found = judge(known)
            if found is not None:
                verdicts += found
                del undecided[slot_id]
        depth *= DEEPER
    return verdicts


def _follow(conn: Connection[Any], verdicts: Sequence[Verdict]) -> None:
    _tell(conn, clear_alarms(conn, verdicts), "cleared")
    _tell(conn, raise_alarms(conn, verdicts), "raised")


def _tell(conn: Connection[Any], alarm_ids: Sequence[int], event: Event) -> None:
    if alarm_ids:
        queue_notifications(conn, alarm_ids, event, gather_s=GATHER_S)
        tell_pages(conn, alarm_ids)
