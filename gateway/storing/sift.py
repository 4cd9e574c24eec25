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
    """The records of a parcel after the first `skip`."""

    parcel: Parcel
    skip: int

    @property
    def row_count(self) -> int:
        """Count the records that have a row."""
        refused = [index for index, _ in self.parcel.refused if index >= self.skip]
        return self.parcel.count - self.skip - len(refused)


@dataclass(kw_only=True, slots=True)
class Settled:
    """What of a chain is new, given where its journal stands."""

    next_seq: int
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
                is_whole=not parcel.is_doubtful,
                earliest_us=parcel.earliest_us,
                newest=parcel.newest,
            )
        else:
            _append(chain, parcel)
        chains[parcel.journal] = chain
    return chains


def _append(chain: Chain, parcel: Parcel) -> None:
    chain.parcels.append(parcel)
    chain.is_whole = (
        chain.is_whole and not parcel.is_doubtful and parcel.first_seq == chain.end_seq
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


def settle(chain: Chain, next_seq: int) -> Settled:
    """Keep of each parcel what continues the journal, which has all before `next_seq`.

    Doubtful parcels are kept whole, and leave the journal where it is: what a device
    still has to send of a replay, it sends with the same number and the same time.
    """
    settled = Settled(next_seq=next_seq)
    for parcel in chain.parcels:
        if parcel.is_doubtful:
            settled.kept.append(Kept(parcel=parcel, skip=0))
        else:
            _place(parcel, settled)
    return settled


def _place(parcel: Parcel, settled: Settled) -> None:
    step = advance(
        settled.next_seq,
        first_seq=parcel.first_seq,
        count=parcel.count,
        is_oldest=parcel.is_oldest,
    )
    if step.lost_from is not None:
        device_id, epoch = parcel.journal
        settled.gaps.append(
            Gap(
                device_id=device_id,
                epoch=epoch,
                from_seq=step.lost_from,
                to_seq=parcel.first_seq,
            )
        )
    if step.skip < parcel.count:
        settled.kept.append(Kept(parcel=parcel, skip=step.skip))
    if parcel.first_seq > step.next_seq:
        settled.refused += parcel.count
    else:
        settled.repeated += step.skip
    settled.next_seq = step.next_seq


def whole(chains: Iterable[Chain]) -> Sequence[Kept]:
    """Keep chains as they are."""
    return [Kept(parcel=each, skip=0) for chain in chains for each in chain.parcels]
