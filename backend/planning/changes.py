"""What a new plan changes for the drivers who have the old one in their hands."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.planning.under_way import VehicleDay
from backend.store.plans import NewRun


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """Counts of the bins that were still to be emptied, and of those that are now."""

    open_count: int
    moved_count: int
    added_count: int
    left_out_count: int

    def __str__(self) -> str:
        named = (
            (self.moved_count, "moved to another vehicle"),
            (self.added_count, "added"),
            (self.left_out_count, "left out"),
        )
        changed = sum(count for count, _ in named)
        if changed == 0:
            return f"none of {self.open_count} open stops changed"
        said = ", ".join(f"{count} {what}" for count, what in named if count)
        stops = "stop" if changed == 1 else "stops"
        return f"{changed} {stops} changed: {said}"


def count_changes(days: Sequence[VehicleDay], runs: Sequence[NewRun]) -> Changes:
    """Compare who was to empty which bin with who is to now."""
    before = {
        each.slot_id: each.vehicle_id
        for day in days
        for each in day.still_open
        if each.slot_id is not None
    }
    after = {
        each.slot_id: run.vehicle_id
        for run in runs
        for each in run.stops
        if each.slot_id is not None
    }
    return Changes(
        open_count=len(before),
        moved_count=sum(
            before[slot_id] != after[slot_id] for slot_id in before.keys() & after
        ),
        added_count=len(after.keys() - before),
        left_out_count=len(before.keys() - after),
    )
