"""The short way of a binary message from wire to rows.

A gateway spends most of its time here, so a message whose records are all within the
limits of the contract is encoded without a value for each of them. Any other goes the
long way, which says the same (`tests/gateway/test_express.py`).
"""

from itertools import accumulate
from itertools import count as count_from
from struct import Struct

from gateway.binary import (
    HEADER,
    RECORD,
    TEMPERATURE_NOT_MEASURED_DC,
    TILT_NOT_MEASURED_DEG,
    read_header,
)
from gateway.message import (
    EARLIEST_AT,
    FLAG_CLOCK_UNSET,
    FLAG_NO_ECHO,
    LATEST_AHEAD,
    LIMITS,
)
from gateway.parcel import Device, Newest, Parcel, Received
from gateway.rows import (
    COLUMNS,
    NULL,
    POSTGRES_EPOCH_US,
    SECOND_US,
    pack_short,
    to_us,
)

EARLIEST_S = int(EARLIEST_AT.timestamp())
LATEST_AHEAD_S = int(LATEST_AHEAD.total_seconds())
FARTHEST_MM = LIMITS["distance_mm"][1]
HIGHEST_MV = LIMITS["battery_mv"][1]
COLDEST_DC, HOTTEST_DC = (10 * each for each in LIMITS["temperature_c"])
STEEPEST_DEG = LIMITS["tilt_deg"][1]

# As `rows.encode_record`, with what is the same in all rows of a message made once.
pack_head = Struct("!hiii").pack
pack_middle = Struct("!iqi").pack
pack_row = Struct("!14sq16sq16sh" + "ih" * 5).pack
pack_key = Struct("!14sq16sq12s").pack


def wrap_ordinary(device: Device, origin: Received) -> Parcel | None:
    """Encode a binary message of ordinary records; None: take the long way.

    Raises
    ------
    PayloadError
        If nothing of the message can be used.
    """
    payload = origin.payload
    header = read_header(payload)
    received_us = to_us(origin.received_at)
    latest_s = received_us // SECOND_US + LATEST_AHEAD_S
    head = pack_head(COLUMNS, 4, device.device_id, 8)
    middle = pack_middle(8, header.epoch, 8)
    after = pack_middle(8, received_us - POSTGRES_EPOCH_US, 2)
    earliest_s, newest_s, newest = latest_s, 0, (0,) * 7
    rows: list[bytes] = []
    records = RECORD.iter_unpack(memoryview(payload)[HEADER.size :])
    for seq, record in zip(count_from(header.first_seq), records, strict=False):
        at_s, mm, mv, dc, deg, echoes, flags = record
        if flags & FLAG_CLOCK_UNSET or not EARLIEST_S <= at_s <= latest_s:
            return None
        if at_s >= newest_s:
            newest_s, newest = at_s, record
        if at_s < earliest_s:
            earliest_s = at_s
        at_us = at_s * SECOND_US - POSTGRES_EPOCH_US
        if (
            0 < mm <= FARTHEST_MM
            and 0 < mv <= HIGHEST_MV
            and COLDEST_DC <= dc <= HOTTEST_DC
            and deg <= STEEPEST_DEG
            and not flags & FLAG_NO_ECHO
        ):
            # fmt: off
            rows.append(pack_row(head, at_us, middle, seq, after, mm, 2, mv, 2, dc, 2,
                                 deg, 2, echoes, 2, flags))
            # fmt: on
        elif (shorts := _measured(record)) is None:
            return None
        else:
            key = pack_key(head, at_us, middle, seq, after)
            rows.append(key + b"".join([_encode(each) for each in shorts]))
    return Parcel(
        origin=origin,
        device=device,
        encoding="binary",
        epoch=header.epoch,
        first_seq=header.first_seq,
        count=header.count,
        is_oldest=header.is_oldest,
        rows=b"".join(rows),
        ends=list(accumulate(map(len, rows))),
        earliest_us=earliest_s * SECOND_US,
        newest=_newest(newest, received_us),
    )


def _measured(record: tuple[int, ...]) -> tuple[int | None, ...] | None:
    """List what was measured, None where it was not; None: it cannot be believed."""
    _, mm, mv, dc, deg, echoes, flags = record
    has_echo = mm and not flags & FLAG_NO_ECHO
    has_warmth = dc != TEMPERATURE_NOT_MEASURED_DC
    has_tilt = deg != TILT_NOT_MEASURED_DEG
    if (
        (has_echo and mm > FARTHEST_MM)
        or mv > HIGHEST_MV
        or (has_warmth and not COLDEST_DC <= dc <= HOTTEST_DC)
        or (has_tilt and deg > STEEPEST_DEG)
    ):
        return None
    return (
        mm if has_echo else None,
        mv or None,
        dc if has_warmth else None,
        deg if has_tilt else None,
        echoes,
        flags,
    )


def _encode(short: int | None) -> bytes:
    return NULL if short is None else pack_short(2, short)


def _newest(record: tuple[int, ...], received_us: int) -> Newest:
    mm, mv, dc, deg, _, flags = _measured(record) or (None,) * 6
    return Newest(record[0] * SECOND_US, received_us, mm, mv, dc, deg, flags)
