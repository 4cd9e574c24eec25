from hypothesis import given
from hypothesis import strategies as st

from gateway.storing.cursor import Step, advance

COUNTS = st.integers(1, 512)
PLACES = st.integers(0, 2000)
STRIDES = st.integers(0, 4)


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

    assert step == Step(skip=0, next_seq=11, holes=((5, 9),))


def test_the_oldest_flag_means_nothing_where_there_is_no_hole():
    step = advance(5, first_seq=5, count=2, is_oldest=True)

    assert step == Step(skip=0, next_seq=7)


def test_a_thinned_message_says_which_numbers_are_no_more():
    step = advance(4, first_seq=4, count=2, is_oldest=False, stride=2)

    assert step == Step(skip=0, next_seq=12, holes=((5, 8), (9, 12)))


def test_a_cursor_in_the_middle_of_what_was_thinned_goes_on_from_there():
    step = advance(6, first_seq=4, count=2, is_oldest=False, stride=2)

    assert step == Step(skip=1, next_seq=12, holes=((6, 8), (9, 12)))


@given(
    next_seq=PLACES,
    first_seq=PLACES,
    count=COUNTS,
    is_oldest=st.booleans(),
    stride=STRIDES,
)
def test_a_cursor_never_goes_back(next_seq, first_seq, count, is_oldest, stride):
    step = advance(
        next_seq,
        first_seq=first_seq,
        count=count,
        is_oldest=is_oldest,
        stride=stride,
    )

    assert step.next_seq >= next_seq


@given(
    next_seq=PLACES,
    first_seq=PLACES,
    count=COUNTS,
    is_oldest=st.booleans(),
    stride=STRIDES,
)
def test_the_same_message_again_changes_nothing(
    next_seq, first_seq, count, is_oldest, stride
):
    said = {
        "first_seq": first_seq,
        "count": count,
        "is_oldest": is_oldest,
        "stride": stride,
    }
    once = advance(next_seq, **said)
    twice = advance(once.next_seq, **said)

    refused = first_seq > next_seq and not is_oldest
    assert twice.skip == count
    assert twice.next_seq == once.next_seq
    assert (once.next_seq == next_seq) if refused else not twice.holes


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.booleans(), STRIDES))
)
def test_whatever_comes_each_place_is_stored_once_or_written_down_as_lost(messages):
    cursor = 0
    stored: list[int] = []
    lost: list[int] = []
    for first_seq, count, is_oldest, stride in messages:
        step = advance(
            cursor,
            first_seq=first_seq,
            count=count,
            is_oldest=is_oldest,
            stride=stride,
        )
        stored += [first_seq + (each << stride) for each in range(step.skip, count)]
        for from_seq, to_seq in step.holes:
            lost += range(from_seq, to_seq)
        cursor = step.next_seq

    assert sorted(stored + lost) == list(range(cursor))
