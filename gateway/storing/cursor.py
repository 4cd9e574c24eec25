"""Which records of a message are new, by the cursor of their journal."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a message does to a cursor.

    `skip` records at its beginning are known, or all of them are refused; `holes` are
    numbers that exist no more: the first of them, and the first that exists again.
    """

    skip: int
    next_seq: int
    holes: tuple[tuple[int, int], ...] = ()


def advance(
    next_seq: int, *, first_seq: int, count: int, is_oldest: bool, stride: int = 0
) -> Step:
    """Place a message of `count` records at a cursor.

    A message may overlap the cursor, never leave a hole behind it, unless the device
    says that nothing older exists any more. Between its own records are holes where it
    was thinned: each stands for 2**`stride` numbers.
    """
    if first_seq > next_seq and not is_oldest:
        return Step(skip=count, next_seq=next_seq)
    span = 1 << stride
    end_seq = first_seq + count * span
    skip = min(count, max(0, -((first_seq - next_seq) // span)))
    holes = [(next_seq, first_seq)] if first_seq > next_seq else []
    if stride:
        # That of the last record known, as far as the cursor is not beyond it, too.
        for seq in range(first_seq + max(0, skip - 1) * span, end_seq, span):
            hole = max(seq + 1, next_seq), seq + span
            if hole[0] < hole[1]:
                holes.append(hole)
    return Step(skip=skip, next_seq=max(next_seq, end_seq), holes=tuple(holes))
