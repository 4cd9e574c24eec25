"""Encode what the arguments say, or read an ack, with the firmware's own code.

Under MicroPython: `encode_golden.py message JSON` prints hex, `encode_golden.py ack
HEX` prints JSON. A message is `{"flags", "epoch", "first_seq", "sent_s",
"records": [[measured_s, distance_mm, …], …]}`, a record in the order of the wire.
"""

import json
import sys

from binnode import payload


def encode(message):
    records = message.pop("records")
    raw = payload.begin_message(len(records), **message)
    for index, values in enumerate(records):
        at = payload.HEADER_BYTES + payload.RECORD_BYTES * index
        payload.write_record(raw, at, payload.Record(*values))
    return bytes(raw).hex()


def decode(raw):
    ack = payload.decode_ack(raw)
    return json.dumps(None if ack is None else list(ack))


kind, argument = sys.argv[1:]
if kind == "message":
    print(encode(json.loads(argument)))  # noqa: T201
else:
    print(decode(bytes.fromhex(argument)))  # noqa: T201
