"""The firmware makes, byte by byte, what docs/payload.md shows."""

import json
import re
import subprocess
import sys
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from binnode import desired

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PAGE = (ROOT / "docs" / "payload.md").read_text("utf-8")
MICROPYTHON = Path(sys.executable).parent / "micropython"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = FENCE.findall(PAGE)


def frames() -> list[tuple[str, str]]:
    """Pair each binary block with the fields that follow it."""
    return [
        (raw, text)
        for (kind, raw), (following, text) in pairwise(BLOCKS)
        if (kind, following) == ("binary", "fields")
    ]


FRAMES = frames()
ACKS = [raw for kind, raw in BLOCKS if kind == "binary" and raw not in dict(FRAMES)]
JSON_ACK = re.search(r"`(\{.*\"server_at\".*\})`", PAGE)


def seconds(iso: str) -> int:
    return int(datetime.fromisoformat(iso).timestamp())


def message_of(fields: str) -> dict[str, Any]:
    """Read the `fields` block: a line for the header, one for each record."""
    head, *rows = (
        dict(word.split("=") for word in line.split())
        for line in fields.strip().splitlines()
    )
    return {
        "epoch": int(head["epoch"]),
        "first_seq": int(head["first_seq"]),
        "sent_s": seconds(head["sent_at"]),
        "flags": (head["oldest"] == "true")
        | (head["ahead"] == "true") << 1
        | int(head["stride"]) << 4,
        "records": [record_of(row) for row in rows],
    }


MANIFEST = """ullage 1
version 3
board esp32
revisions 1 1
battery_mv 3500
key 3f0a92c1
"""


def record_of(row: dict[str, str]) -> list[int]:
    return [
        seconds(row["measured_at"]),
        int(row["distance_mm"] if "distance_mm" in row else row["mass_hg"]),
        int(row["battery_mv"]),
        round(float(row["temperature_c"]) * 10),
        int(row["tilt_deg"]),
        int(row["echo_count"]),
        int(row["flags"]),
    ]


def ask_firmware(kind: str, argument: str) -> str:
    done = subprocess.run(
        [MICROPYTHON, HERE / "encode_golden.py", kind, argument],
        env={"MICROPYPATH": f"{ROOT / 'firmware'}:.frozen"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout.strip()


def test_the_firmware_answers_the_wish_of_the_page_as_it_shows(tmp_path, monkeypatch):
    said = dict(BLOCKS)
    provisioned = {
        "device": "bin-1",
        "networks": {"depot": ""},
        "broker_host": "10.0.0.1",
    }
    (tmp_path / "config.json").write_text(json.dumps(provisioned), "utf-8")
    (tmp_path / "settings.json").write_text(said["desired"], "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "manifest").write_text(MANIFEST, "utf-8")
    monkeypatch.chdir(tmp_path)

    assert json.loads(desired.tell("esp32")) == json.loads(said["reported"])


def test_the_page_has_frames_and_an_ack():
    assert len(FRAMES) == 4
    assert len(ACKS) == 1
    assert JSON_ACK


@pytest.mark.parametrize(("raw", "fields"), FRAMES)
def test_the_firmware_makes_the_bytes_of_the_page(raw, fields):
    made = ask_firmware("message", json.dumps(message_of(fields)))

    assert bytes.fromhex(made) == bytes.fromhex(raw)


@pytest.mark.parametrize("raw", ACKS)
def test_the_firmware_reads_the_ack_of_the_page(raw):
    assert JSON_ACK
    ack = json.loads(JSON_ACK[1])

    read = json.loads(ask_firmware("ack", raw))

    assert read == [
        ack["understands"],
        ack["epoch"],
        ack["next_seq"],
        seconds(ack["server_at"]),
    ]
