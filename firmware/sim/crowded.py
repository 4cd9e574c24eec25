"""A journal that is hard on a bin's memory."""

from binnode.memory.journal import Journal
from binnode.payload import Record

_APART_S = 900
_EPOCH_2000_S = 946_684_800


def fill_journal(now_s: int) -> Journal:
    """Fill it twice, after a time of reports and a live ack."""
    full = Journal(7)
    full.is_gateway_modern = full.is_clock_set = full.is_told = True
    for number in range(2500):
        scatter = number * 7919 % 13
        at_s = now_s - _APART_S * (2500 - number)
        full.append(Record(at_s, 1000 + scatter, 3700, 150 + scatter, 0, 9, 0))
    full.reserved_seq = 2600
    full.clock_offset_s = _EPOCH_2000_S
    full.clock_raw_s = now_s - _EPOCH_2000_S
    return full
