"""Which records of a message are new, by the cursor of their journal."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a message does to a cursor.

    `skip` records at its beginning are known, or all of them are refused;
    `lost_before` is the first record that exists again after a hole.
    """

    skip: int
    next_seq: int
    lost_from: int | None = None


def advance(next_seq: int, *, first_seq: int, count: int, is_oldest: bool) -> Step:
    """Place a message of `count` records at a cursor.

    A message may overlap the cursor, never leave a hole behind it, unless the device
    says that nothing older exists any more.
    """
    if first_seq > next_seq and not is_oldest:
        return Step(skip=count, next_seq=next_seq)
    end_seq = first_seq + count
    skip = min(count, max(0, next_seq - first_seq))
    lost_from = next_seq if first_seq > next_seq else None
    return Step(skip=skip, next_seq=max(next_seq, end_seq), lost_from=lost_from)
