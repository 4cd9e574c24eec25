"""The demo's physical bins: how full each really is, and when it was emptied."""

from bisect import bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from backend.demo.bins import HISTORY, DemoBin
from backend.demo.found import past_rounds
from backend.demo.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class PhysicalBin:
    """A bin that stands in the demo's street."""

    slot_id: int
    demo: DemoBin


@dataclass(kw_only=True, slots=True)
class Truth:
    """State to guard: the emptyings of each bin, in order."""

    bins: dict[int, PhysicalBin]
    world: World
    emptied: dict[int, list[datetime]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def empty(self, slot_id: int, at: datetime) -> None:
        """Empty a bin at a time; the same emptying twice changes nothing."""
        times = self.emptied[slot_id]
        if at not in times:
            insort(times, at)

    def fill(self, slot_id: int, at: datetime) -> float:
        """Tell how full a bin is at a time; above 1 it overflows."""
        times = self.emptied[slot_id]
        index = bisect_right(times, at) - 1
        since = times[index] if index >= 0 else at - HISTORY
        return self.world.fill(slot_id, at, since)


def recall_truth(bins: dict[int, DemoBin], world: World, begins_at: datetime) -> Truth:
    """Rebuild what the founding wrote: the old rounds of every bin."""
    standing = {
        slot_id: PhysicalBin(slot_id=slot_id, demo=each)
        for slot_id, each in bins.items()
    }
    truth = Truth(bins=standing, world=world)
    for each in past_rounds(bins, world, begins_at):
        truth.empty(each.slot_id, each.emptied_at)
    return truth
