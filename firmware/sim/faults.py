"""What goes wrong at a bin and on its way to the broker, by name."""

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sim.proxy import (
    CONNACK,
    CONNECT,
    DOWN,
    PUBACK,
    PUBLISH,
    SUBACK,
    SUBSCRIBE,
    UP,
    Action,
    Deed,
    Fault,
    kind_of,
)

_SLOW_S = 0.25
_TOO_LATE_S = 11.0  # longer than a bin's session
_ACK_BYTES = 14
_EPOCH = slice(2, 6)  # of an acknowledgement

Doing = Callable[[bytes], Iterable[Action]]


def _at(way: str, kind: int, do: Doing) -> Fault:
    """Do it to such packets, and pass all others on."""

    def fault(on: str, packet: bytes) -> Iterable[Action]:
        return do(packet) if (on, kind_of(packet)) == (way, kind) else (packet,)

    return fault


def _cut_after(packet: bytes) -> Iterable[Action]:
    return packet, Deed.CUT


def _cut_within(packet: bytes) -> Iterable[Action]:
    return packet[: len(packet) // 2], Deed.CUT


def _hold_within(packet: bytes) -> Iterable[Action]:
    return packet[: len(packet) // 2], Deed.HOLD


def _hold(_packet: bytes) -> Iterable[Action]:
    return (Deed.HOLD,)


def _lose(_packet: bytes) -> Iterable[Action]:
    return ()


def _say(other: bytes) -> Doing:
    return lambda _packet: (other,)


def _twice(packet: bytes) -> Iterable[Action]:
    return packet, packet


def _too_late(packet: bytes) -> Iterable[Action]:
    return _TOO_LATE_S, packet


def _of_another_epoch(packet: bytes) -> Iterable[Action]:
    ack = bytearray(packet[-_ACK_BYTES:])
    ack[_EPOCH] = bytes(4)
    return (packet[:-_ACK_BYTES] + bytes(ack),)


def _of_another_version(packet: bytes) -> Iterable[Action]:
    return (packet[:-_ACK_BYTES] + b"\x63" + packet[1 - _ACK_BYTES :],)


def _cut_short(packet: bytes) -> Iterable[Action]:
    return (bytes([packet[0], packet[1] - 5]) + packet[2:-5],)


def _slow(_way: str, packet: bytes) -> Iterable[Action]:
    return _SLOW_S, packet


def _byte_by_byte(_way: str, packet: bytes) -> Iterator[Action]:
    for at in range(len(packet)):
        yield packet[at : at + 1]
        yield 0.001


def _chatter(way: str, packet: bytes) -> Iterable[Action]:
    """Say things a bin did not ask for: PINGRESP, UNSUBACK, a message of nobody."""
    if way == UP:
        return (packet,)
    return b"\xd0\x00", packet, b"\xb0\x02\x00\x07", b"\x30\x06\x00\x01xabc"


WAYS: dict[str, Fault] = {
    "cut after the greeting": _at(UP, CONNECT, _cut_after),
    "cut after the broker's greeting": _at(DOWN, CONNACK, _cut_after),
    "cut within the broker's greeting": _at(DOWN, CONNACK, _cut_within),
    "cut after the subscription": _at(UP, SUBSCRIBE, _cut_after),
    "cut within the records": _at(UP, PUBLISH, _cut_within),
    "cut after the records": _at(UP, PUBLISH, _cut_after),
    "cut after the broker has them": _at(DOWN, PUBACK, _cut_after),
    "cut within the acknowledgement": _at(DOWN, PUBLISH, _cut_within),
    "silence instead of a greeting": _at(DOWN, CONNACK, _hold),
    "silence after the subscription": _at(DOWN, SUBACK, _hold),
    "silence instead of records": _at(UP, PUBLISH, _hold),
    "silence within the acknowledgement": _at(DOWN, PUBLISH, _hold_within),
    "broker's receipt lost": _at(DOWN, PUBACK, _lose),
    "acknowledgement lost": _at(DOWN, PUBLISH, _lose),
    "records lost": _at(UP, PUBLISH, _lose),
    "acknowledgement twice": _at(DOWN, PUBLISH, _twice),
    "acknowledgement of another epoch": _at(DOWN, PUBLISH, _of_another_epoch),
    "acknowledgement of another version": _at(DOWN, PUBLISH, _of_another_version),
    "acknowledgement cut short": _at(DOWN, PUBLISH, _cut_short),
    "acknowledgement too late": _at(DOWN, PUBLISH, _too_late),
    "broker unavailable": _at(DOWN, CONNACK, _say(b"\x20\x02\x00\x03")),
    "not authorised": _at(DOWN, CONNACK, _say(b"\x20\x02\x00\x05")),
    "subscription refused": _at(DOWN, SUBACK, _say(b"\x90\x03\x00\x01\x80")),
    "a packet without an end": _at(DOWN, CONNACK, _say(b"\x20" + b"\xff" * 5)),
    "a packet of a megabyte": _at(DOWN, SUBACK, _say(b"\x90\x80\x80\x40\x00")),
    "a slow link": _slow,
    "byte by byte": _byte_by_byte,
    "a broker that chatters": _chatter,
}


def _nothing(_bin_dir: Path) -> None:
    return


def _overwrite_memory(bin_dir: Path) -> None:
    (bin_dir / "rtc_memory").write_bytes(random.Random(5).randbytes(2048))


def _tear_memory(bin_dir: Path) -> None:
    memory = (bin_dir / "rtc_memory").read_bytes()
    (bin_dir / "rtc_memory").write_bytes(memory[:1024] + bytes(1024))


def _set_clock_back(bin_dir: Path) -> None:
    skew_s = int((bin_dir / "clock_skew").read_text("ascii"))
    (bin_dir / "clock_skew").write_text(str(skew_s - 100_000), "ascii")


BINS: dict[str, tuple[Callable[[Path], None], dict[str, Any]]] = {
    "no Wi-Fi": (_nothing, {"networks": {}}),
    "power lost": (_nothing, {"is_power_on": True}),
    "memory overwritten": (_overwrite_memory, {}),
    "memory torn": (_tear_memory, {}),
    "clock set back": (_set_clock_back, {}),
    "sensor silent": (_nothing, {"distance_mm": None}),
    "noise on the sensor's wire": (_nothing, {"uart": bytes(range(1, 200))}),
    "every second echo wild": (_nothing, {"noise_permille": 500}),
    "chips on the bus silent": (_nothing, {"temperature_dc": None, "tilt_deg": None}),
    "battery nearly empty": (_nothing, {"battery_mv": 2900}),
}
"""What is done to a bin before it wakes, and what of its world is otherwise."""
