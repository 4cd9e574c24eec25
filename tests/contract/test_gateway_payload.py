"""The examples of docs/payload.md, at the gateway's end."""

import re
from datetime import UTC, datetime
from pathlib import Path

from gateway.wire.message import Message, Record
from gateway.wire.payload import decode, encode_ack
from gateway.wire.setting import decode_reported, encode_desired

PAGE = Path(__file__).parents[2].joinpath("docs/payload.md").read_text("utf-8")
RECEIVED_AT = datetime(2026, 11, 22, 10, 0, 3, tzinfo=UTC)


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def show_time(at: datetime | None) -> str:
    assert at is not None
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def show_level(record: Record) -> str:
    if record.distance_mm is None:
        return f"mass_hg={record.mass_hg}"
    return f"distance_mm={record.distance_mm}"


def show(message: Message) -> str:
    flags = f"oldest={message.is_oldest} ahead={message.is_ahead}".lower()
    lines = [
        f"epoch={message.epoch} first_seq={message.first_seq} {flags} "
        f"stride={message.stride} sent_at={show_time(message.sent_at)}"
    ]
    for record in message.records:
        assert isinstance(record, Record)
        lines.append(
            f"seq={record.seq} measured_at={show_time(record.measured_at)} "
            f"{show_level(record)} battery_mv={record.battery_mv} "
            f"temperature_c={record.temperature_c} tilt_deg={record.tilt_deg} "
            f"echo_count={record.echo_count} flags={record.flags}"
        )
    return "\n".join(lines) + "\n"


def test_the_page_has_all_the_examples_that_are_tested_here():
    assert len(examples("binary")) == 5
    assert len(examples("fields")) == 4
    assert len(examples("json")) == 3


def test_the_binary_examples_decode_to_the_listed_fields():
    messages = examples("binary")[:4]

    for raw, fields in zip(messages, examples("fields"), strict=True):
        assert show(decode(bytes.fromhex(raw), RECEIVED_AT)) == fields


def test_the_json_example_says_the_same():
    payload = examples("json")[0].encode()

    assert show(decode(payload, RECEIVED_AT)) == examples("fields")[0]


def test_the_json_example_of_a_weighed_bin_has_a_mass_and_no_distance():
    message = decode(examples("json")[2].encode(), RECEIVED_AT)

    (record,) = message.records
    assert isinstance(record, Record)
    assert (record.mass_hg, record.distance_mm) == (412, None)


def test_the_json_example_without_a_counter_is_keyed_by_its_time():
    message = decode(examples("json")[1].encode(), RECEIVED_AT)

    (record,) = message.records
    assert isinstance(record, Record)
    assert not message.is_counted
    assert record.measured_at == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert record.seq == int(record.measured_at.timestamp()) * 1_000_000
    assert record.distance_mm == 640
    assert record.battery_mv is None


def test_the_binary_acknowledgement_is_the_listed_bytes():
    ack = encode_ack("binary", epoch=7, next_seq=1, server_at=RECEIVED_AT)

    assert ack == bytes.fromhex(examples("binary")[4])


def test_the_gateway_asks_as_the_page_shows_and_reads_the_answer():
    asked = {"measure_every_s": 600, "delta_mm": 0}
    said = decode_reported(examples("reported")[0].encode())

    assert encode_desired(7, asked).decode() + "\n" == examples("desired")[0]
    assert (said.revision, said.firmware, said.board) == (7, 3, "esp32")
    assert said.settings == {"measure_every_s": 600}
    assert list(said.refused) == ["delta_mm"]


def test_the_json_acknowledgement_is_the_listed_text():
    listed = re.search(r"to a device that spoke JSON: `(.*?)`", PAGE)
    assert listed is not None

    ack = encode_ack("json", epoch=7, next_seq=1, server_at=RECEIVED_AT)

    assert ack.decode() == listed[1]
