"""The short way from wire to rows says what the long way says."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.storing.express import open_express, wrap_express
from gateway.storing.parcel import Device, Received, wrap
from gateway.wire.binary import HEADER, RECORD, decode_binary
from tests.services.wire import NOON_S

DEVICE = Device("bin-1", 5, "test")
# Around each limit and each value that says "not measured".
TIMES_S = st.sampled_from([0, NOON_S - 600, NOON_S, NOON_S + 3600, NOON_S + 3601])
LEVELS = st.sampled_from(
    [0, 1, 255, 256, 812, 19_967, 20_000, 20_001, 31_999, 32_000, 32_001, 65_535]
)
BATTERIES_MV = st.sampled_from([0, 1, 256, 3600, 20_000, 20_001])
TEMPERATURES_DC = st.sampled_from([-32768, -601, -600, -513, 0, 45, 1279, 1500, 1501])
TILTS_DEG = st.sampled_from([0, 2, 180, 181, 255])
FLAGS = st.sampled_from([0, 1, 2, 4, 16, 32, 128, 130, 255])
ANY = st.tuples(
    TIMES_S,
    LEVELS,
    BATTERIES_MV,
    TEMPERATURES_DC,
    TILTS_DEG,
    st.integers(0, 255),
    FLAGS,
)
USUAL = st.tuples(
    st.integers(NOON_S - 9, NOON_S),
    st.integers(1, 19_967),
    st.sampled_from([0, 3600]),
    st.sampled_from([-32768, -17, 45]),
    st.sampled_from([2, 255]),
    st.integers(0, 15),
    st.just(0),
)


def encode(
    records: Sequence[tuple[int, ...]],
    first_seq: int = 3,
    stride: int = 0,
    *,
    has_mass: bool = False,
) -> Received:
    flags = stride << 4 | has_mass << 2
    header = HEADER.pack(2 if stride else 1, flags, 7, first_seq, NOON_S)
    payload = header + b"".join(RECORD.pack(*each) for each in records)
    return Received("ullage/1/1/bin-1/readings", payload, NOON_S)


def assert_same_as_the_long_way(messages: list[Received]) -> int:
    """Compare what went the short way; return how many did."""
    parcels = wrap_express([open_express(DEVICE, each) for each in messages])
    for origin, parcel in zip(messages, parcels, strict=True):
        if parcel is None:
            continue
        message = decode_binary(origin.payload, origin.received_at)
        long = wrap(message, DEVICE, origin)
        assert parcel.rows == long.rows
        assert list(parcel.ends) == list(long.ends)
        assert parcel.newest == long.newest
        assert parcel.earliest_us == long.earliest_us
        assert list(parcel.refused) == list(long.refused)
        assert (parcel.epoch, parcel.first_seq) == (long.epoch, long.first_seq)
        assert parcel.end_seq == long.end_seq
    return sum(each is not None for each in parcels)


@given(
    st.lists(
        st.tuples(st.lists(ANY | USUAL, min_size=1, max_size=4), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=300)
def test_what_goes_the_short_way_is_the_same(messages):
    assert_same_as_the_long_way(
        [encode(records, has_mass=has_mass) for records, has_mass in messages]
    )


@given(st.lists(st.integers(0, 31_999), min_size=1, max_size=6))
def test_masses_go_the_short_way_too_but_not_beside_distances(masses_hg):
    weighed = [(NOON_S, mass_hg, 3600, 45, 2, 5, 128) for mass_hg in masses_hg]
    ranged = (NOON_S, 812, 3600, 45, 2, 9, 0)

    assert assert_same_as_the_long_way([encode(weighed, has_mass=True)]) == 1
    assert assert_same_as_the_long_way([encode([*weighed, ranged], has_mass=True)]) == 0


@given(
    st.lists(USUAL, min_size=1, max_size=6),
    st.integers(0, 2**32 - 1 - (6 << 15)),
    st.integers(0, 15),
)
def test_records_that_measured_the_same_things_go_the_short_way(
    records, first_seq, stride
):
    alike = [(*each[:2], *records[0][2:5], *each[5:]) for each in records]

    assert assert_same_as_the_long_way([encode(alike, first_seq, stride)]) == 1


def test_one_strange_message_sends_no_other_the_long_way():
    usual = encode([(NOON_S, 812, 3600, 45, 2, 9, 0)])
    strange = encode([(NOON_S, 812, 3600, 45, 2, 9, 1)])

    assert assert_same_as_the_long_way([usual, strange, usual]) == 2
