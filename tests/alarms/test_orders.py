"""However late, doubled or mixed up records come, the same are open at the end."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.alarms.conditions import Known, judge
from backend.alarms.looking import look_at_slots, sweep
from backend.store.alarm_facts import load_facts, load_limits, load_records
from tests.services.alarms import Said, count_raised, find_open, hours, report, stand_at
from tests.services.city import MORNING

LONGEST = 40
RECORD: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    fill=st.sampled_from([None, 0.5, 0.8, 0.9, 0.94, 0.97, 1.0]),
    temperature_c=st.sampled_from([None, 5.0, 45.0, 55.0, 65.0]),
    tilt_deg=st.sampled_from([None, 1, 17, 30]),
    flags=st.sampled_from([0, 0, 0, 4, 8, 16, 32, 64]),
)
# Most things stay for a while: what raised an alarm may be many records ago.
SPELLS = st.lists(st.tuples(RECORD, st.integers(1, 10)), min_size=1, max_size=4)
RECORDS: st.SearchStrategy[list[dict[str, Any]]] = SPELLS.map(
    lambda spells: [each for each, times in spells for _ in range(times)]
)
KINDS = ("fire", "overflow", "tilt", "knock", "battery")


def dated(records):
    first_at = MORNING - hours(LONGEST)
    return [
        Said(at=first_at + hours(number), **each) for number, each in enumerate(records)
    ]


def forget(connection):
    connection.execute("TRUNCATE reading, device_journal, alarm CASCADE")


def tell_in_order(connection, slot_id, said):
    """Look after each record; return how often each kind came up while it was down."""
    episodes = dict.fromkeys(KINDS, 0)
    before: list[str] = []
    for each in said:
        report(connection, slot_id, [each])
        look_at_slots(connection, [slot_id])
        now = find_open(connection, slot_id)
        for kind in set(now) - set(before):
            episodes[kind] += 1
        before = now
    return episodes


def judge_all(connection, slot_id):
    """Say what is on by the whole history, as nobody has the time to in earnest."""
    (slot,) = load_facts(connection, [slot_id])
    records = load_records(connection, [slot_id], depth=LONGEST + 1)[slot_id]
    limits = load_limits(connection)[slot.organisation_id, slot.stream]
    verdicts = judge(Known(slot=slot, limits=limits, records=records, is_all=True))
    return sorted(each.kind for each in verdicts or () if each.is_on)


@given(records=RECORDS, data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_open_alarms_are_those_of_the_order_in_which_was_measured(
    connection, bins, records, data
):
    forget(connection)
    said = dated(records)
    in_order, mixed = bins[0], bins[1]
    episodes = tell_in_order(connection, in_order, said)

    doubled = said + data.draw(st.lists(st.sampled_from(said), max_size=6))
    left = data.draw(st.permutations(doubled))
    while left:
        size = data.draw(st.integers(1, len(left)))
        report(connection, mixed, left[:size])
        look_at_slots(connection, [mixed])
        left = left[size:]

    assert find_open(connection, in_order) == judge_all(connection, in_order)
    assert find_open(connection, mixed) == find_open(connection, in_order)
    for kind in KINDS:
        assert count_raised(connection, in_order, kind) == episodes[kind]


STEP = hours(0.5)
PATIENCE = hours(3) + hours(1 / 6)
STEPS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["nothing", "nothing", "heard", "late"])),
    min_size=8,
    max_size=40,
)


@given(steps=STEPS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_silence_is_what_was_missed_while_a_gateway_served(connection, bins, steps):
    """Never in an outage, always after it if it lasts, over with the first record."""
    forget(connection)
    connection.execute("TRUNCATE gateway_service")
    connection.execute("UPDATE device_slot SET from_at = %s", (MORNING,))
    now, missed = MORNING, hours(0)
    for is_served, what in steps:
        if is_served:
            connection.execute(
                "INSERT INTO gateway_service VALUES ('one', %s, %s, %s)",
                (list(range(64)), now, now + STEP),
            )
            missed += STEP
        now += STEP
        stand_at(connection, now)
        # What comes late was measured long ago, but is heard now.
        if is_served and what != "nothing":
            measured_at = now if what == "heard" else now - hours(20)
            report(connection, bins[0], [Said(at=measured_at)])
            missed = hours(0)
        sweep(connection)
        is_silent = "silent" in find_open(connection, bins[0])
        assert is_silent == (missed > PATIENCE)
