"""Whatever bytes come: a message, or a reason to keep with them."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.inbox import NoMessagesError, read_posted
from backend.inbox.addressing import partition_of
from tests.fuzz.frames import KINDS, PORTS, WAYS, feed, write_members

# Pieces of real frames, so that the bytes get past the first check.
PIECES = st.sampled_from(
    [
        *map(bytes.fromhex, ("01755c", "03670101", "04824408", "050001", "8367e80001")),
        *map(bytes.fromhex, ("0d3b0aef", "00000001", "02012f0003", "04d200010bb1")),
        *map(bytes.fromhex, ("01000700000000000000", "22bd026b", "ff0a0101", "fe06")),
        *(b'{"v":1,"records":', b"[{}]}", b'{"device":"bin-1"', b',"1":1e999}'),
    ]
)
FRAMES = st.lists(PIECES | st.binary(max_size=40), max_size=8).map(b"".join)


@settings(max_examples=1500, deadline=None)
@given(
    way=st.sampled_from(WAYS),
    kind=st.sampled_from(KINDS),
    port=st.sampled_from(PORTS),
    data=FRAMES,
)
def test_no_frame_is_a_crash(way, kind, port, data):
    feed(way, kind, data, port=port)


@settings(max_examples=500, deadline=None)
@given(
    way=st.sampled_from(["members", "decoded"]),
    kind=st.sampled_from(["json", "lwm2m-3435", "ullage-esp32", "dragino-dds75"]),
    data=st.binary(max_size=60),
)
def test_no_json_is_a_crash(way, kind, data):
    feed(way, kind, data)


@settings(max_examples=500, deadline=None)
@given(parts=st.lists(st.binary(max_size=30), max_size=3), loose=FRAMES)
def test_no_body_is_a_crash(parts, loose):
    for body in (loose, b"[%s]" % b",".join(map(write_members, parts))):
        with contextlib.suppress(NoMessagesError):
            for each in read_posted(body):
                assert each.partition == partition_of(each.topic, each.payload)
