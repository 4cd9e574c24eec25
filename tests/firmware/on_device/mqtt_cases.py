"""The MQTT client against bytes; on MicroPython only, which has `ticks_ms`."""

from binnode.deadline import Deadline
from binnode.mqtt import Client, MqttError

CONNACK = b"\x20\x02\x00\x00"
SUBACK = b"\x90\x03\x00\x01\x01"


class Wire:
    """What the broker says, and what it was told."""

    def __init__(self, says):
        self.says = says
        self.told = []

    def read(self, size, deadline):
        if len(self.says) < size:
            raise OSError(110)
        part, self.says = self.says[:size], self.says[size:]
        return part

    def write(self, data, deadline):
        self.told.append(bytes(data))


def client(says):
    wire = Wire(says)
    mqtt = Client(wire, reply_ms=50, deadline=Deadline(1000))  # type: ignore[arg-type]
    return mqtt, wire


def connect(connecting, **fields):
    login = {"user": "", "password": "", "keepalive_s": 30}
    login.update(fields)
    connecting.connect("bin-1", **login)


def refusal(action, *arguments):
    try:
        action(*arguments)
    except MqttError as error:
        return str(error)
    return "accepted"


def published(payload, head=0x32):
    body = b"\x00\x01t" + (b"\x00\x09" if head & 6 else b"") + payload
    return bytes([head, len(body)]) + body


def test_a_connection_is_a_clean_session_in_one_write():
    mqtt, wire = client(CONNACK)
    connect(mqtt)
    assert wire.told == [b"\x10\x11\x00\x04MQTT\x04\x02\x00\x1e\x00\x05bin-1"]


def test_user_and_password_are_sent():
    mqtt, wire = client(CONNACK)
    connect(mqtt, user="u", password="pw")
    assert wire.told[0][9] == 0xC2
    assert wire.told[0].endswith(b"\x00\x05bin-1\x00\x01u\x00\x02pw")


def test_a_refusal_is_an_error():
    mqtt, _ = client(b"\x20\x02\x00\x05")
    assert "connection refused" in refusal(connect, mqtt)


def test_a_refused_subscription_is_an_error():
    mqtt, _ = client(b"\x90\x03\x00\x01\x80")
    assert "subscription to t refused" in refusal(mqtt.subscribe, "t")


def test_messages_say_whether_they_were_retained_and_are_acknowledged():
    mqtt, wire = client(published(b"old", head=0x33) + published(b"new"))
    assert mqtt.receive("t", 50) == ("t", b"old", True)
    assert mqtt.receive("t", 50) == ("t", b"new", False)
    assert wire.told == [b"\x40\x02\x00\x09"] * 2


def test_a_message_of_quality_0_is_not_acknowledged():
    mqtt, wire = client(published(b"x", head=0x30))
    assert mqtt.receive("t", 50) == ("t", b"x", False)
    assert wire.told == []


def test_a_message_that_comes_before_an_awaited_reply_is_kept():
    mqtt, _ = client(published(b"early", head=0x33) + SUBACK)
    mqtt.subscribe("t")
    assert mqtt.receive("t", 50) == ("t", b"early", True)


def test_a_puback_is_passed_over():
    mqtt, _ = client(b"\x40\x02\x00\x01" + published(b"x"))
    mqtt.publish("t", b"y")
    assert mqtt.receive("t", 50).payload == b"x"


def test_silence_is_none():
    mqtt, _ = client(b"")
    assert mqtt.receive("t", 50) is None


def test_a_long_packet_gets_a_length_of_two_bytes():
    mqtt, wire = client(b"")
    mqtt.publish("t", bytes(300))
    assert wire.told[0][:3] == b"\x32\xb1\x02"
    assert len(wire.told[0]) == 3 + 305


def test_a_packet_too_large_for_the_heap_is_refused():
    mqtt, _ = client(b"\x32\xff\xff\x7f")
    assert "1024 at most" in refusal(mqtt.receive, "t", 50)


def test_a_malformed_length_is_refused():
    mqtt, _ = client(b"\x32\xff\xff\xff\xff")
    assert "malformed packet length" in refusal(mqtt.receive, "t", 50)


def test_several_topics_are_asked_for_in_one_packet():
    mqtt, wire = client(b"\x90\x04\x00\x01\x01\x01")
    mqtt.subscribe("t", "u")
    assert wire.told == [b"\x82\x0a\x00\x01\x00\x01t\x01\x00\x01u\x01"]


def test_of_several_topics_the_refused_one_is_named():
    mqtt, _ = client(b"\x90\x04\x00\x01\x01\x80")
    assert "to u refused" in refusal(mqtt.subscribe, "t", "u")


def test_what_came_on_another_topic_is_kept():
    other = published(b"later").replace(b"\x01t", b"\x01u")
    mqtt, _ = client(other + published(b"now"))
    assert mqtt.receive("t", 50).payload == b"now"
    assert mqtt.receive("u", 0).payload == b"later"
