"""Frames between a bin and its relay: whose they are, once each, in whole messages."""

from binnode.transports import frames

KEY = b"0123456789abcdef"
OTHER = b"another key of 16"[:16]


def pair():
    """One direction of a session, both ends."""
    bins, _ = frames.session_keys(KEY, b"b" * 8, b"r" * 8)
    return frames.Saying(bins), frames.Hearing(bins)


def test_a_seal_is_hmac_sha256():
    # RFC 4231, test case 2.
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    assert frames.derive(b"Jefe", b"what do ya want for nothing?").hex() == expected


def test_a_frame_is_taken_once():
    saying, hearing = pair()
    (frame,) = saying.frames(frames.READINGS, b"records")

    assert hearing.take(frame) == (frames.READINGS, b"records")
    assert hearing.take(frame) is None


def test_seventeen_records_are_a_whole_frame_of_version_1():
    saying, _ = pair()
    made = list(saying.frames(frames.READINGS, bytes(14 + 13 * frames.RECORDS_MAX)))

    assert [len(frame) for frame in made] == [247]


def test_a_changed_byte_anywhere_is_found():
    saying, hearing = pair()
    (frame,) = saying.frames(frames.READINGS, b"records")
    for place in range(len(frame)):
        changed = bytearray(frame)
        changed[place] ^= 1

        assert hearing.take(changed) is None
    assert hearing.take(frame)


def test_what_is_cut_off_is_nothing():
    saying, hearing = pair()
    (frame,) = saying.frames(frames.READINGS, b"records")
    for size in range(len(frame)):
        assert hearing.take(frame[:size]) is None


def test_another_key_session_or_direction_opens_nothing():
    saying, _ = pair()
    (frame,) = saying.frames(frames.READINGS, b"records")
    bins, relays = frames.session_keys(KEY, b"b" * 8, b"s" * 8)
    strangers, _ = frames.session_keys(OTHER, b"b" * 8, b"r" * 8)
    _, back = frames.session_keys(KEY, b"b" * 8, b"r" * 8)

    for key in (bins, relays, strangers, back):
        assert frames.Hearing(key).take(frame) is None


def test_a_long_message_comes_in_parts():
    saying, hearing = pair()
    message = bytes([place % 251 for place in range(800)])
    heard = [hearing.take(each) for each in saying.frames(frames.DESIRED, message)]

    assert heard == [None, None, None, (frames.DESIRED, message)]


def test_a_message_that_lost_a_part_is_none_and_the_next_one_is_whole():
    message = bytes(600)
    for lost in range(3):
        saying, hearing = pair()
        parts = list(saying.frames(frames.DESIRED, message))
        heard = [hearing.take(parts[n]) for n in range(3) if n != lost]
        (after,) = saying.frames(frames.ACK, b"ack")

        assert heard == [None, None]
        assert hearing.take(after) == (frames.ACK, b"ack")


def test_an_empty_message_is_a_message():
    saying, hearing = pair()
    (frame,) = saying.frames(frames.UPDATE, b"")

    assert hearing.take(frame) == (frames.UPDATE, b"")


def test_a_session_ends_with_its_numbers():
    saying, _ = pair()
    made = [len(list(saying.frames(frames.ACK, b"ack"))) for _ in range(300)]

    assert sum(made) == 255


def test_what_is_too_long_is_not_begun():
    saying, _ = pair()

    assert list(saying.frames(frames.DESIRED, bytes(16 * 238 + 1))) == []
