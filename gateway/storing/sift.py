"""What of a batch is new: pure, so that it can be tested without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gateway.storing.cursor import advance
from gateway.storing.parcel import Journal, Newest, Parcel


@dataclass(kw_only=True, slots=True)
class Chain:
    """The parcels of one journal in a batch, in order of arrival.

    It is `is_whole` if each continues the one before: then it is all new or none of it,
    by where the journal stands.
    """

    parcels: list[Parcel]
    end_seq: int
    is_whole: bool
    earliest_us: int | None
    newest: Newest | None

    @property
    def is_heard(self) -> bool:
        """Tell whether the device itself has spoken."""
        return not all(each.is_replay for each in self.parcels)

    @property
    def first_seq(self) -> int:
        """The first record of the first parcel."""
        return self.parcels[0].first_seq


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Records that a device no longer has."""

    device_id: int
    epoch: int
    from_seq: int
    to_seq: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The records of a parcel after the first `skip`.

    `is_doubtful`: some may be stored already; only the key of each can tell.
    """

    parcel: Parcel
    skip: int
    is_doubtful: bool = False

    @property
    def row_count(self) -> int:
        """Count the records that have a row."""
        refused = [index for index, _ in self.parcel.refused if index >= self.skip]
        return self.parcel.count - self.skip - len(refused)


@dataclass(kw_only=True, slots=True)
class Settled:
    """What of a chain is new, given where its journal stands."""

    next_seq: int
    ahead_seq: int = 0  # after the last record that came ahead of the cursor
    kept: list[Kept] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    repeated: int = 0  # records that are stored already
    refused: int = 0  # records beyond a hole: they come again


def chain_up(parcels: Iterable[Parcel]) -> dict[Journal, Chain]:
    """Put the parcels of each journal together; whose last came last, comes last."""
    chains: dict[Journal, Chain] = {}
    for parcel in parcels:
        chain = chains.pop(parcel.journal, None)
        if chain is None:
            chain = Chain(
                parcels=[parcel],
                end_seq=parcel.end_seq,
                is_whole=_is_plain(parcel),
                earliest_us=parcel.earliest_us,
                newest=parcel.newest,
            )
        else:
            _append(chain, parcel)
        chains[parcel.journal] = chain
    return chains


def _is_plain(parcel: Parcel) -> bool:
    """Tell whether all that it needs is that the journal stands at its first record."""
    return not parcel.is_doubtful and not parcel.stride


def _append(chain: Chain, parcel: Parcel) -> None:
    chain.parcels.append(parcel)
    chain.is_whole = (
        chain.is_whole and _is_plain(parcel) and parcel.first_seq == chain.end_seq
    )
    chain.end_seq = parcel.end_seq
    if parcel.newest is None or parcel.earliest_us is None:
        return
    if chain.newest is None or chain.earliest_us is None:
        chain.earliest_us, chain.newest = parcel.earliest_us, parcel.newest
    else:
        chain.earliest_us = min(chain.earliest_us, parcel.earliest_us)
        if parcel.newest.measured_us >= chain.newest.measured_us:
            chain.newest = parcel.newest


def settle(chain: Chain, next_seq: int, ahead_seq: int = 0) -> Settled:
    """Keep of each parcel what continues the journal, which has all before `next_seq`.

    Doubtful parcels are kept whole, and leave the journal where it is: what a device
    still has to send of a replay, or sent ahead, it sends with the same number and the
    same time. Some before `ahead_seq` came ahead.
    """
    settled = Settled(next_seq=next_seq, ahead_seq=ahead_seq)
    for parcel in chain.parcels:
        if parcel.is_doubtful:
            settled.kept.append(Kept(parcel=parcel, skip=0, is_doubtful=True))
            if parcel.is_ahead:
                settled.ahead_seq = max(settled.ahead_seq, parcel.end_seq)
        else:
            _place(parcel, settled)
    return settled


def _place(parcel: Parcel, settled: Settled) -> None:
    step = advance(
        settled.next_seq,
        first_seq=parcel.first_seq,
        count=parcel.count,
        is_oldest=parcel.is_oldest,
        stride=parcel.stride,
    )
    device_id, epoch = parcel.journal
    settled.gaps += [
        Gap(device_id=device_id, epoch=epoch, from_seq=from_seq, to_seq=to_seq)
        for from_seq, to_seq in step.holes
    ]
    if step.skip < parcel.count:
        may_be_there = parcel.first_seq < settled.ahead_seq
        settled.kept.append(
            Kept(parcel=parcel, skip=step.skip, is_doubtful=may_be_there)
        )
    if parcel.first_seq > step.next_seq:
        settled.refused += parcel.count
    else:
        settled.repeated += step.skip
    settled.next_seq = step.next_seq


def whole(chains: Iterable[Chain]) -> Sequence[Kept]:
    """Keep chains as they are."""
    return [Kept(parcel=each, skip=0) for chain in chains for each in chain.parcels]
