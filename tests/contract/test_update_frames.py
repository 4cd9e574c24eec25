"""The examples of updates in docs/payload.md, at both ends."""

import re
from pathlib import Path

import pytest
from binnode.updates import messages

from gateway.wire.update import (
    Offer,
    Request,
    decode_event,
    encode_chunks,
    encode_offer,
)

PAGE = (Path(__file__).parents[2] / "docs" / "payload.md").read_text("utf-8")
LINE = re.compile(r"(.+?) {2,}((?:[0-9a-f]{2} ?)+)")


@pytest.fixture
def examples() -> dict[str, tuple[str, bytes]]:
    """What is said, by its first word; and its bytes."""
    (block,) = re.findall(r"```update\n(.*?)```", PAGE, re.DOTALL)
    found = {}
    for line in block.splitlines():
        match = LINE.fullmatch(line)
        assert match is not None
        found[match[1].split()[0]] = (match[1], bytes.fromhex(match[2]))
    return found


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"=(\d+)", text)]


def test_an_offer_is_the_listed_bytes_and_is_understood(examples):
    text, raw = examples["offer=42"]

    assert encode_offer(Offer(*numbers(text))) == raw
    assert messages.decode_offer(raw) == tuple(numbers(text))


def test_a_request_is_the_listed_bytes_and_is_understood(examples):
    text, raw = examples["request"]
    number, at, size = numbers(text)

    assert messages.encode_request(messages.Offer(number, 7, 3545), at, size) == raw
    assert decode_event(raw) == Request(number, at, size)


def test_a_bin_takes_the_chunks_that_it_asked_for_in_order_and_no_others():
    offer, part = messages.Offer(42, 7, 3545), bytes(range(250)) * 4
    first, second = encode_chunks(Request(42, 1000, 1000), part)

    assert messages.read_chunk(first, offer, 1000) == part[:512]
    assert messages.read_chunk(second, offer, 1512) == part[512:]
    assert messages.read_chunk(second, offer, 1000) == b""
    assert messages.read_chunk(first, messages.Offer(41, 7, 3545), 1000) == b""
    assert messages.read_chunk(first[:10], offer, 1000) == b""


@pytest.mark.parametrize(("state", "ending"), [(1, "confirmed"), (2, "refused")])
def test_an_outcome_is_understood_with_its_reason(state, ending):
    outcome = messages.Outcome(state, "the battery has 3499 mV")
    raw = messages.encode_outcome(messages.Offer(42, 7, 3545), outcome)

    assert decode_event(raw) == (42, ending, "the battery has 3499 mV")


@pytest.mark.parametrize("raw", [b"", b"\1\2" + bytes(10), b"\2\1" + bytes(10)])
def test_what_is_no_offer_is_none(raw):
    assert messages.decode_offer(raw) is None
