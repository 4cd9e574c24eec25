"""On or off by records that swing, whichever part of the history is looked at."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.alarms.hysteresis import FORGOTTEN, Mark, Patience, find_standing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
H, B, L, N = Mark.HIGH, Mark.BETWEEN, Mark.LOW, Mark.NOTHING
TWICE = Patience(raise_records=2, clear_records=2)


def hourly(*marks):
    return [(NOON + timedelta(hours=hour), mark) for hour, mark in enumerate(marks)]


def is_on(*marks, patience=TWICE):
    standing = find_standing(hourly(*marks), patience, is_all=True)
    assert standing is not None
    return standing.is_on


def test_it_takes_as_many_records_in_a_row_as_asked():
    assert not is_on(H)
    assert is_on(H, H)
    assert not is_on(H, L, H, L, H)
    assert is_on(H, H, L, H, L)
    assert not is_on(H, H, L, L)


def test_between_the_limits_it_stays_as_it_was():
    assert is_on(H, H, B, B, B)
    assert not is_on(L, L, B, B, B)
    assert not is_on(H, B, H, B)


def test_a_record_that_says_nothing_breaks_no_row_but_many_are_forgotten():
    assert is_on(H, N, H)
    assert is_on(H, H, *[N] * (FORGOTTEN[N] - 1))
    assert not is_on(H, H, *[N] * FORGOTTEN[N])


def test_it_is_on_since_the_first_record_of_the_row():
    standing = find_standing(hourly(L, H, H, H, B), TWICE, is_all=True)
    assert standing is not None

    assert standing.since == NOON + timedelta(hours=1)


def test_what_must_be_low_for_long_is_not_cleared_before():
    cool_for_two_hours = Patience(clear_after=timedelta(hours=2))

    assert is_on(H, L, L, patience=cool_for_two_hours)
    assert not is_on(H, L, L, L, patience=cool_for_two_hours)
    assert is_on(H, L, L, B, L, L, patience=cool_for_two_hours)


def test_where_nothing_decides_older_records_must():
    assert find_standing(hourly(B, H, B), TWICE, is_all=False) is None
    assert not is_on(B, H, B)


@given(
    marks=st.lists(st.sampled_from([H, B, L, N]), max_size=40),
    cut=st.integers(0, 40),
    patience=st.builds(
        Patience,
        raise_records=st.integers(1, 4),
        clear_records=st.integers(1, 4),
        clear_after=st.integers(0, 5).map(lambda hours: timedelta(hours=hours)),
    ),
)
def test_the_newest_records_never_say_otherwise_than_all_of_them(marks, cut, patience):
    all_marks = hourly(*marks)

    by_all = find_standing(all_marks, patience, is_all=True)
    assert by_all is not None
    by_newest = find_standing(all_marks[cut:], patience, is_all=False)

    assert by_newest is None or by_newest.is_on is by_all.is_on
