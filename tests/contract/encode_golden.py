"""Encode what the arguments say, or read an ack, with the firmware's own code.

Under MicroPython: `encode_golden.py message JSON` prints hex, `encode_golden.py ack
HEX` prints JSON. A message is `{"epoch", "first_seq", "sent_s", "is_oldest",
"records": [[measured_s, distance_mm, …], …]}`, a record in the order of the wire.
"""

import json
import sys

from binnode import payload


def encode(message):
    records = bytearray(payload.RECORD_BYTES * len(message["records"]))
    for index, values in enumerate(message["records"]):
        record = payload.Record(*values)
        payload.write_record(records, payload.RECORD_BYTES * index, record)
    raw = payload.encode_message(
        bytes(records),
        epoch=message["epoch"],
        first_seq=message["first_seq"],
        sent_s=message["sent_s"],
        is_oldest=message["is_oldest"],
    )
    return raw.hex()


def decode(raw):
    ack = payload.decode_ack(raw)
    return json.dumps(None if ack is None else list(ack))


kind, argument = sys.argv[1:]
if kind == "message":
    print(encode(json.loads(argument)))  # noqa: T201
else:
    print(decode(bytes.fromhex(argument)))  # noqa: T201
