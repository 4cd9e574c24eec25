from hypothesis import given
from hypothesis import strategies as st

from gateway.storing.cursor import Step, advance

COUNTS = st.integers(1, 512)
PLACES = st.integers(0, 2000)


def test_a_message_at_the_cursor_continues_it():
    step = advance(5, first_seq=5, count=3, is_oldest=False)

    assert step == Step(skip=0, next_seq=8)


def test_a_message_before_the_cursor_is_known():
    step = advance(5, first_seq=2, count=3, is_oldest=False)

    assert step == Step(skip=3, next_seq=5)


def test_of_a_message_over_the_cursor_only_the_rest_is_new():
    step = advance(5, first_seq=3, count=4, is_oldest=False)

    assert step == Step(skip=2, next_seq=7)


def test_a_message_after_the_cursor_is_refused_whole():
    step = advance(5, first_seq=6, count=4, is_oldest=False)

    assert step == Step(skip=4, next_seq=5)


def test_the_oldest_flag_writes_the_hole_down():
    step = advance(5, first_seq=9, count=2, is_oldest=True)

    assert step == Step(skip=0, next_seq=11, lost_from=5)


def test_the_oldest_flag_means_nothing_where_there_is_no_hole():
    step = advance(5, first_seq=5, count=2, is_oldest=True)

    assert step == Step(skip=0, next_seq=7)


@given(next_seq=PLACES, first_seq=PLACES, count=COUNTS, is_oldest=st.booleans())
def test_a_cursor_never_goes_back(next_seq, first_seq, count, is_oldest):
    step = advance(next_seq, first_seq=first_seq, count=count, is_oldest=is_oldest)

    assert step.next_seq >= next_seq


@given(next_seq=PLACES, first_seq=PLACES, count=COUNTS, is_oldest=st.booleans())
def test_the_same_message_again_changes_nothing(next_seq, first_seq, count, is_oldest):
    once = advance(next_seq, first_seq=first_seq, count=count, is_oldest=is_oldest)
    twice = advance(
        once.next_seq, first_seq=first_seq, count=count, is_oldest=is_oldest
    )

    refused = first_seq > next_seq and not is_oldest
    assert twice.skip == count
    assert twice.next_seq == once.next_seq
    assert (once.next_seq == next_seq) if refused else twice.lost_from is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.booleans())))
def test_whatever_comes_each_place_is_stored_once_or_written_down_as_lost(messages):
    cursor = 0
    stored: list[int] = []
    lost: list[int] = []
    for first_seq, count, is_oldest in messages:
        step = advance(cursor, first_seq=first_seq, count=count, is_oldest=is_oldest)
        stored += range(first_seq + step.skip, first_seq + count)
        if step.lost_from is not None:
            lost += range(step.lost_from, first_seq)
        cursor = step.next_seq

    assert sorted(stored + lost) == list(range(cursor))
