"""What counted for or against a bin beside its forecast, for people to read."""

from collections.abc import Iterator

from backend.planning.horizon import ServiceDay, to_hours
from backend.planning.service_days import last_weekday
from backend.store.planning import PlannedSlot

H_PER_DAY = 24.0
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOT_TRUSTED = "sensor not trusted: planned from its history"
# Less than a bag is no room.
LEAST_ROOM_L = 40.0


def contract_is_due(slot: PlannedSlot, service_day: ServiceDay) -> bool:
    """Tell whether the contract's last weekday came and the bin was not emptied."""
    if not slot.contract_weekdays:
        return False
    due = last_weekday(service_day.day, slot.contract_weekdays)
    due_at = ServiceDay(day=due, zone=service_day.zone).midnight_at
    return not slot.emptied_h or slot.emptied_h[-1] < to_hours(due_at)


def tell_what_counted(
    slot: PlannedSlot, *, neighbour_room_l: float, neighbour_m: int, now_h: float
) -> Iterator[str]:
    """Tell of trust, rules, complaints and neighbours, each in a few words."""
    if not slot.is_sensor_trusted:
        yield NOT_TRUSTED
    age = _tell_age(slot, now_h)
    if slot.hygiene_days is not None:
        yield f"hygiene rule: emptied every {slot.hygiene_days} days{age}"
    if slot.contract_days is not None:
        yield f"contract: emptied every {slot.contract_days} days{age}"
    if slot.contract_weekdays is not None:
        days = ", ".join(WEEKDAYS[each - 1] for each in slot.contract_weekdays)
        yield f"contract: emptied on {days}{age}"
    if slot.complaints:
        people = "citizen" if slot.complaints == 1 else "citizens"
        yield f"{slot.complaints} {people} reported it full since it was emptied"
    if slot.overflow_factor != 1:
        yield f"an overflow here counts {slot.overflow_factor:g} times"
    if neighbour_room_l >= LEAST_ROOM_L:
        yield f"room for {neighbour_room_l:.0f} l next door, within {neighbour_m} m"


def _tell_age(slot: PlannedSlot, now_h: float) -> str:
    if not slot.emptied_h:
        return ", and it is not known when it was"
    days = (now_h - slot.emptied_h[-1]) / H_PER_DAY
    return f", the last time {days:.0f} days ago" if days >= 1 else ", and was today"
