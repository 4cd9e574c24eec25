from binnode import payload
from binnode.payload import CLOCK_UNSET, Ack, Record


def test_a_topic_holds_the_partition_of_the_device():
    assert payload.topic("bin-1", "readings") == "ullage/1/6/bin-1/readings"
    # The check value of CRC-32 (zlib's) is cbf43926.
    partition = 0xCBF43926 % 64
    assert payload.topic("123456789", "ack") == f"ullage/1/{partition}/123456789/ack"


def test_a_record_is_written_little_endian_without_padding():
    memory = bytearray(20)
    payload.write_record(memory, 3, Record(0x01020304, 812, 3610, -5, 255, 9, 63))
    assert memory == (
        bytes(3) + b"\x04\x03\x02\x01\x2c\x03\x1a\x0e\xfb\xff\xff\x09\x3f" + bytes(4)
    )


def test_a_message_tells_of_the_masses_among_its_records():
    message = payload.begin_message(2, flags=1, epoch=7, first_seq=0, sent_s=3)
    payload.write_record(message, 14, Record(1, 812, 3610, 45, 2, 9, 0))
    assert message[:2] == b"\x01\x01"
    payload.write_record(message, 27, Record(2, 412, 3610, 45, 2, 5, 128))
    assert message[:2] == b"\x01\x05"


def header(flags):
    return payload.begin_message(
        0, flags=flags, epoch=0xFFFFFFFF, first_seq=2, sent_s=3
    )


def test_the_flags_of_a_message_are_its_second_byte():
    assert header(payload.OLDEST) == (
        b"\x01\x01\xff\xff\xff\xff\x02\x00\x00\x00\x03\x00\x00\x00"
    )


def test_a_message_that_old_gateways_would_misread_is_of_version_2():
    assert header(0)[0] == header(payload.OLDEST)[0] == 1
    assert header(payload.AHEAD)[0] == header(3 << payload.STRIDE_SHIFT)[0] == 2


def test_an_ack_is_read():
    raw = b"\x01\x02\x07\x00\x00\x00\x01\x00\x00\x00\x23\xbd\x02\x6b"
    assert payload.decode_ack(raw) == Ack(2, 7, 1, 0x6B02BD23)


def test_a_gateway_that_does_not_say_so_understands_version_1():
    assert payload.decode_ack(b"\x01" + bytes(13)) == Ack(1, 0, 0, 0)


def test_what_is_no_ack_of_this_version_is_none():
    whole = b"\x01" + bytes(13)
    for raw in (b"", b"{}", whole[:13], whole + b"\x00", b"\x02" + bytes(13)):
        assert payload.decode_ack(raw) is None


def test_only_a_record_without_the_time_is_stamped():
    memory = bytearray(26)
    payload.write_record(memory, 0, Record(100, 1, 1, 1, 1, 1, CLOCK_UNSET | 8))
    payload.write_record(memory, 13, Record(100, 1, 1, 1, 1, 1, 8))
    for at in (0, 13):
        payload.stamp(memory, at, 1000)
    assert memory[:4] == b"\x4c\x04\x00\x00"
    assert memory[12] == 8
    assert memory[13:17] == b"\x64\x00\x00\x00"
