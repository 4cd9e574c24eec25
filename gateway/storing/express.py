"""The short way of binary messages from wire to rows: whole columns at a time.

A gateway spends most of its time here. Records that are within the limits of the
contract, and messages whose records all measured the same things, are encoded without a
Python value for each; other messages go the long way, which says the same
(`tests/gateway/test_express.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from struct import Struct, pack, unpack
from typing import NamedTuple

from gateway.storing.ordinary import (
    WIRE_DC,
    WIRE_DEG,
    WIRE_ECHOES,
    WIRE_FLAGS,
    WIRE_LEVEL,
    WIRE_MV,
    Has,
    is_ordinary,
)
from gateway.storing.parcel import Device, Newest, Parcel, Received
from gateway.storing.rows import COLUMNS, NULL, POSTGRES_EPOCH_US, SECOND_US
from gateway.wire.binary import (
    HEADER,
    RECORD,
    TEMPERATURE_NOT_MEASURED_DC,
    TILT_NOT_MEASURED_DEG,
    Header,
    read_header,
)

# Messages whose rows together stay in a processor's cache while columns are filled in.
AT_ONCE = 64
pack_key = Struct("!hiii8xiqi8xiq").pack
SHORT = b"\0\0\0\2\0\0"
# Where values stand in a row, big endian.
ROW_TIME, ROW_SEQ, ROW_SHORTS = 14, 38, 58


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A row of records that have the same values; offsets of the shorts' high bytes."""

    shorts: bytes
    size: int
    copies: tuple[tuple[int, int], ...]  # byte of the record → byte of the row


class Item(NamedTuple):
    """A message on the short way."""

    device: Device
    origin: Received
    header: Header


class Group(NamedTuple):
    """Messages that measured the same things, their records end to end, and when."""

    items: Sequence[Item]
    records: bytes
    times_s: tuple[int, ...]


def open_express(device: Device, origin: Received) -> Item:
    """Read a binary message's header.

    Raises
    ------
    PayloadError
        If nothing of the message can be used.
    """
    return Item(device, origin, read_header(origin.payload))


def wrap_express(items: Sequence[Item]) -> list[Parcel | None]:
    """Encode messages in their order; None for those that have to go the long way."""
    return [
        parcel
        for start in range(0, len(items), AT_ONCE)
        for parcel in _wrap_some(items[start : start + AT_ONCE])
    ]


def _wrap_some(items: Sequence[Item]) -> list[Parcel | None]:
    groups: dict[Has, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        groups[_has(item)].append(place)
    parcels: list[Parcel | None] = [None] * len(items)
    for has, places in groups.items():
        kept, group = _keep_ordinary(items, places, has)
        for place, parcel in zip(kept, _encode(group, has), strict=True):
            parcels[place] = parcel
    return parcels


def _keep_ordinary(
    items: Sequence[Item], places: list[int], has: Has
) -> tuple[list[int], Group]:
    """Leave out the messages with a record that is not ordinary: seldom are there."""
    group = _gather([items[each] for each in places])
    if _is_ordinary(group, has):
        return places, group
    kept = [each for each in places if _is_ordinary(_gather([items[each]]), has)]
    return kept, _gather([items[each] for each in kept])


def _has(item: Item) -> Has:
    """Tell by the first record what a device measures."""
    _, _, mv, dc, deg, _, _ = RECORD.unpack_from(item.origin.payload, HEADER.size)
    return Has(
        item.header.has_mass,
        mv != 0,
        dc != TEMPERATURE_NOT_MEASURED_DC,
        deg != TILT_NOT_MEASURED_DEG,
    )


def _gather(items: Sequence[Item]) -> Group:
    records = b"".join([each.origin.payload[HEADER.size :] for each in items])
    times_s = unpack("<" + "I9x" * (len(records) // RECORD.size), records)
    return Group(items, records, times_s)


def _is_ordinary(group: Group, has: Has) -> bool:
    received_s = min([each.origin.received_s for each in group.items])
    return is_ordinary(group.records, group.times_s, has, received_s=received_s)


@lru_cache
def _layout(has: Has) -> Layout:
    shorts = b""
    copies: list[tuple[int, int]] = []
    for is_there, wire, width in (
        (not has.mass, WIRE_LEVEL, 2),
        (has.mass, WIRE_LEVEL, 2),
        (has.battery, WIRE_MV, 2),
        (has.temperature, WIRE_DC, 2),
        (has.tilt, WIRE_DEG, 1),
        (True, WIRE_ECHOES, 1),
        (True, WIRE_FLAGS, 1),
    ):
        low = ROW_SHORTS + len(shorts) + 5
        if is_there:
            copies.append((wire, low))
            if width > 1:
                copies.append((wire + 1, low - 1))
        shorts += SHORT if is_there else NULL
    return Layout(shorts=shorts, size=ROW_SHORTS + len(shorts), copies=tuple(copies))


def _encode(group: Group, has: Has) -> Iterable[Parcel]:
    layout = _layout(has)
    rows, size = _rows(group, layout), layout.size
    start = 0
    for item in group.items:
        device, origin, header = item
        stop = start + header.record_count
        own_s = group.times_s[start:stop]
        yield Parcel(
            origin=origin,
            device=device,
            encoding="binary",
            epoch=header.epoch,
            first_seq=header.first_seq,
            count=header.record_count,
            is_oldest=header.is_oldest,
            is_ahead=header.is_ahead,
            stride=header.stride,
            rows=rows[start * size : stop * size],
            ends=range(size, size * (header.record_count + 1), size),
            earliest_us=min(own_s) * SECOND_US,
            newest=_newest(item, own_s, has),
        )
        start = stop


def _newest(item: Item, times_s: Sequence[int], has: Has) -> Newest:
    """Find the last of those that were measured last."""
    index = len(times_s) - 1
    newest_s = max(times_s)
    while times_s[index] != newest_s:
        index -= 1
    place = HEADER.size + index * RECORD.size
    _, level, mv, dc, deg, _, flags = RECORD.unpack_from(item.origin.payload, place)
    return Newest(
        newest_s * SECOND_US,
        item.origin.received_s * SECOND_US,
        None if has.mass else level,
        level if has.mass else None,
        mv if has.battery else None,
        dc if has.temperature else None,
        deg if has.tilt else None,
        flags,
    )


def _rows(group: Group, layout: Layout) -> bytes:
    """Write all rows with what is the same in a message, then fill in each column."""
    items, records, times_s = group
    heads = [(_key(each) + layout.shorts) * each.header.record_count for each in items]
    rows = bytearray(b"".join(heads))
    size = layout.size
    times = [at_s * SECOND_US - POSTGRES_EPOCH_US for at_s in times_s]
    packed = pack(f"!{len(times)}q", *times)
    for byte in range(8):
        rows[ROW_TIME + byte :: size] = packed[byte::8]
    seqs = chain.from_iterable([each.header.seqs for each in items])
    packed = pack(f"!{len(times)}I", *seqs)
    for byte in range(4):
        rows[ROW_SEQ + 4 + byte :: size] = packed[byte::4]
    for wire, row in layout.copies:
        rows[row::size] = records[wire :: RECORD.size]
    return bytes(rows)


def _key(item: Item) -> bytes:
    received_us = item.origin.received_s * SECOND_US - POSTGRES_EPOCH_US
    return pack_key(
        COLUMNS, 4, item.device.device_id, 8, 8, item.header.epoch, 8, 8, received_us
    )
