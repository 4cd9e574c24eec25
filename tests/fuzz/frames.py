"""Whatever comes, from wherever: one way in for the tests and for the fuzzer."""

import contextlib
from datetime import timedelta

from gateway.errors import PayloadError
from gateway.foreign.opening import FAILED, address, open_payload
from gateway.foreign.registry import find_decoders
from gateway.wire.message import Impossible
from tests.services.uplinks import chirpstack, things_stack
from tests.services.wire import NOON, topic

RECEIVED_AT = NOON + timedelta(seconds=5)
UPLINK = "application/bins/device/a84041b7c1234567/event/up"
KINDS = (*sorted(find_decoders()), "ullage-esp32")
PORTS = (1, 2, 85, None)
WAYS = ("ours", "uplink", "chirpstack", "things stack", "members", "decoded")
# What decoders look for, and what they should not find there.
NAMES = (
    *("v", "device", "epoch", "seq", "oldest", "sent_at", "records", "senml"),
    *("measured_at", "distance_mm", "battery_mv", "temperature_c", "tilt_deg"),
    *("flags", "echo_count", "deviceInfo", "end_device_ids", "uplink_message"),
    *("devEui", "dev_eui", "data", "fPort", "object", "time", "received_at"),
    *("f_port", "frm_payload", "decoded_payload", "bn", "bt", "n", "t", "vb", "vs"),
    *("Container height", "Actual filling percentage", "1", "2", "3", "5518", "6042"),
    *("Actual filling level", "Container out of position", "Cover open", "Timestamp"),
)
VALUES: tuple[str, ...] = (
    *("null", "true", "false", "0", "-1", "1", "7", "812", "1e999", "-1e999", "1e308"),
    *("1.5", "NaN", "99999999999999999999999", "1767614399", "1e18", "-62135596801"),
    *('""', '"\\ud800"', '"\\u0000"', '"qg=="', '"!"', '"0101010101010101"', '"bin-1"'),
    *('"2026-01-05T12:00:00Z"', '"0001-01-01T00:00:00+23:59"', '"9999-12-31T23:59Z"'),
    *('"/3435/0/"', '"/3435/1/2"', '"2"', '"3303/0/5700"', "[]", "{}", "[[{}]]"),
    *("9" * 5000, "9" * 400, "-" + "9" * 400, "[" * 900 + "]" * 900, "[" * 3000),
)


def write_members(data: bytes) -> bytes:
    """Write an object whose members and values, and their nesting, the bytes choose."""
    parts, closing = ["{"], []
    for name, value in zip(data[::2], data[1::2], strict=False):
        parts.append("" if parts[-1].endswith(("{", "[")) else ",")
        parts.append(f'"{NAMES[name % len(NAMES)]}":')
        match value % (len(VALUES) + 4) - len(VALUES):
            case 0:
                parts.append("{")
                closing.append("}")
            case 1:
                parts.append("[{")
                closing.append("}]")
            case 2 if closing:
                parts += ["0", closing.pop()]
            case number if number < 0:
                parts.append(VALUES[number])
            case _:
                parts.append("0")
    return "".join([*parts, *reversed(closing), "}"]).encode()


def _arrive(way: str, data: bytes, port: int | None) -> tuple[str, bytes]:
    match way:
        case "ours":
            return topic("bin-1"), data
        case "members":
            return UPLINK, write_members(data)
        case "decoded":
            decoded = write_members(data)
            return UPLINK, b'%s,"object":%s}' % (chirpstack(b"")[:-1], decoded)
        case "chirpstack":
            return UPLINK, chirpstack(data, fPort=port)
        case "things stack":
            return UPLINK, things_stack(data, f_port=port)
        case _:
            return UPLINK, data


def feed(way: str, kind: str, data: bytes, *, port: int | None = 2) -> None:
    """Open bytes that came some way; anything but a message or a reason is a fault."""
    where, payload = _arrive(way, data, port)
    with contextlib.suppress(PayloadError):
        address(where, payload)
    try:
        message = open_payload(where, payload, RECEIVED_AT, kind=kind)
    except PayloadError as error:
        reasons = [str(error)]
    else:
        assert message.records
        faults = [each for each in message.records if isinstance(each, Impossible)]
        assert all(each.payload for each in faults)
        reasons = [each.reason for each in faults]
    for reason in reasons:
        assert reason
        assert FAILED not in reason
