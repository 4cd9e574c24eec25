"""Which stop of a new plan is the same work as one that the day had before."""

from collections import defaultdict
from collections.abc import Hashable

from backend.planning.problem import Stated


class Origins:
    """State to guard: the tips and breaks of the old lists that have no successor yet.

    A bin is emptied once a day, so its stop is found by its slot, whoever has it now. A
    tip or a break is the same work as the next open one of the same driver's old list,
    at the same facility.
    """

    def __init__(self, stated: Stated) -> None:
        self._of_slot = stated.inputs.origins
        self._waiting: dict[Hashable, list[int]] = defaultdict(list)
        for row, day in enumerate(stated.days):
            for each in day.still_open:
                key = (row, each.kind, each.facility_id)
                self._waiting[key].append(each.origin_stop_id)

    def of_pickup(self, slot_id: int) -> int | None:
        """Return the first stop that the day had for the bin, if it had one."""
        return self._of_slot.get(slot_id)

    def of_tip(self, row: int, facility_id: int) -> int | None:
        """Return the next open tip of the vehicle's old list at the facility."""
        return self._take((row, "tip", facility_id))

    def of_break(self, row: int) -> int | None:
        """Return the next open break of the vehicle's old list."""
        return self._take((row, "break", None))

    def _take(self, key: Hashable) -> int | None:
        waiting = self._waiting[key]
        return waiting.pop(0) if waiting else None
