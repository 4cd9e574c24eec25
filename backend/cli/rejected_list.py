"""Rejected messages on paper: a table, JSON lines, CSV, or one byte for byte."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo

from backend.store.rejected import RejectedMessage

FIELDS = ("rejected_message_id", "received_at", "tries", "topic", "reason", "payload")
REASON_WIDTH = 100
BYTES_A_LINE = 16
PRINTABLE = range(ord(" "), ord("~") + 1)


def write_table(messages: Sequence[RejectedMessage], zone: tzinfo) -> Iterator[str]:
    """Write one line for each; times are local."""
    for each in messages:
        tries = "" if each.tries == 1 else f" ({each.tries} tries)"
        reason = _plain(each.reason)
        if len(reason) > REASON_WIDTH:
            reason = reason[: REASON_WIDTH - 1] + "…"
        received_at = each.received_at.astimezone(zone)
        yield (
            f"{each.rejected_message_id:>6}  {received_at:%Y-%m-%d %H:%M}  "
            f"{_plain(each.topic)}: {reason}{tries}\n"
        )


def write_json(messages: Sequence[RejectedMessage]) -> Iterator[str]:
    """Write one JSON object a line; the payload is hexadecimal."""
    for each in messages:
        yield json.dumps(_facts(each), ensure_ascii=False) + "\n"


def write_csv(messages: Sequence[RejectedMessage]) -> Iterator[str]:
    """Write a table that spreadsheets read; the payload is hexadecimal."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(map(_facts, messages))
    yield text.getvalue()


def write_one(message: RejectedMessage) -> Iterator[str]:
    """Write everything about one; its bytes with the text beside them."""
    yield f"message  {message.rejected_message_id}\n"
    yield f"received {message.received_at.astimezone(UTC).isoformat()}\n"
    yield f"topic    {_plain(message.topic)}\n"
    yield f"reason   {_plain(message.reason)}\n"
    yield f"tries    {message.tries}\n"
    yield f"payload  {len(message.payload)} bytes\n"
    for at in range(0, len(message.payload), BYTES_A_LINE):
        part = message.payload[at : at + BYTES_A_LINE]
        text = "".join(chr(each) if each in PRINTABLE else "." for each in part)
        yield f"{at:06x}  {part.hex(' '):<{3 * BYTES_A_LINE}} {text}\n"


def _plain(text: str) -> str:
    """Show what strangers wrote, and let it tell the terminal nothing."""
    return "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text
    )


def _facts(message: RejectedMessage) -> dict[str, object]:
    return {
        "rejected_message_id": message.rejected_message_id,
        "received_at": message.received_at.astimezone(UTC).isoformat(),
        "tries": message.tries,
        "topic": message.topic,
        "reason": message.reason,
        "payload": message.payload.hex(),
    }
