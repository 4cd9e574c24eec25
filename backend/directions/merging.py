"""Take out of a way what tells its driver nothing."""

from collections.abc import Iterable
from dataclasses import replace

from backend.store.directions import Manoeuvre

# A nameless stretch out of a yard, over before it is read.
_OUT_OF_THE_YARD_M = 30
_SLIGHT = {"slight_left", "slight_right"}


def merge_noise(manoeuvres: Iterable[Manoeuvre]) -> tuple[Manoeuvre, ...]:
    """Join to what is before it whatever needs no decision; no metre is lost.

    Only a short nameless departure is dropped with its metres.
    """
    told: list[Manoeuvre] = []
    street = ""
    for each in manoeuvres:
        if told and _tells_nothing(each, told[-1], street):
            further_m = told[-1].distance_m + each.distance_m
            told[-1] = replace(told[-1], distance_m=further_m)
        else:
            told.append(each)
        street = each.street or street
    return tuple(told[1:] if _is_needless_departure(told) else told)


def _tells_nothing(manoeuvre: Manoeuvre, before: Manoeuvre, street: str) -> bool:
    is_same = manoeuvre.street in {"", street}
    match manoeuvre.kind:
        case "turn" if manoeuvre.bend == "straight":
            return is_same
        case "turn" if manoeuvre.bend in _SLIGHT:
            # The street bends; who is told to follow it by its name sees that.
            return manoeuvre.street == street != ""
        case "ferry":
            return before.kind == "ferry" and is_same
        case _:
            return False


def _is_needless_departure(told: list[Manoeuvre]) -> bool:
    first = told[:1]
    return (
        len(told) > 1
        and first[0].kind == "depart"
        and (not first[0].street or told[1].kind == "arrive")
        and first[0].distance_m < _OUT_OF_THE_YARD_M
    )
