"""The terms on which a bin is collected, from what was promised and what is near."""

from backend.planning.counted import contract_is_due
from backend.planning.horizon import ServiceDay
from backend.store.planning import PlannedSlot
from routing.selection import SlotTerms

H_PER_DAY = 24.0
# An age that every bin has.
DUE_NOW_H = 1e-3


def to_terms(
    slot: PlannedSlot, *, neighbour_room_l: float, service_day: ServiceDay
) -> SlotTerms:
    """State them; a contract by weekdays is due from the weekday on until emptied."""
    contract_h = _hours(slot.contract_days)
    if contract_is_due(slot, service_day):
        contract_h = DUE_NOW_H
    return SlotTerms(
        max_age_h=_hours(slot.hygiene_days),
        contract_h=contract_h,
        overflow_factor=slot.overflow_factor,
        complaints=slot.complaints,
        neighbour_room_l=neighbour_room_l,
        volume_l=slot.volume_l,
    )


def _hours(days: int | None) -> float | None:
    return None if days is None else days * H_PER_DAY
