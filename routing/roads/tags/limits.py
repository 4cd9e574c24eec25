"""How large and heavy a vehicle may be, by OSM's tags.

Sources: the OSM wiki pages Key:maxheight, Key:maxweight, Key:maxweightrating,
Key:maxaxleload, Key:maxlength, Key:maxwidth and Conditional restrictions.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from math import inf

from routing.roads.tags.values import Tags, conditions, metres, tonnes


def _keys(*keys: str) -> tuple[str, ...]:
    """Name the keys of a limit: for all, for heavy vehicles, and that upside down."""
    return tuple(form for key in keys for form in (key, f"{key}:hgv", f"hgv:{key}"))


_METRES = {
    "height_m": _keys("maxheight", "maxheight:physical"),
    "width_m": _keys("maxwidth", "maxwidth:physical"),
    "length_m": _keys("maxlength"),
}
_TONNES = {
    "weight_t": _keys("maxweight", "maxweightrating", "maxgcweight"),
    "axle_t": _keys("maxaxleload"),
}
_FIELD_OF_SIZE = {
    "height": "height_m",
    "width": "width_m",
    "length": "length_m",
    "weight": "weight_t",
    "axleload": "axle_t",
}
_CLOSED = frozenset({"no", "private"})
_ACCESS = ("access", "vehicle", "motor_vehicle", "goods", "hgv")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a vehicle must not exceed; infinite: nothing is signposted."""

    height_m: float = inf
    width_m: float = inf
    length_m: float = inf
    weight_t: float = inf
    axle_t: float = inf

    def tightened(self, other: "Limits") -> "Limits":
        """Take the lesser of each."""
        return Limits(
            **{name: min(getattr(self, name), getattr(other, name)) for name in SIZES}
        )


NO_LIMITS = Limits()
SIZES = tuple(each.name for each in fields(Limits))
"""What is measured of a vehicle, as its profile and limits name it."""


def limits(tags: Tags) -> Limits:
    """Read the limits of a street or a gate."""
    found = NO_LIMITS
    for name, value in _signposted(tags):
        found = found.tightened(Limits(**{name: value}))
    return found


def spares_service(tags: Tags) -> bool:
    """Say whether a limit of weight spares who has business in the street."""
    return any(
        each.is_for_service and each.value in {"none", "no", "unlimited"}
        for key in _TONNES["weight_t"]
        for each in conditions(tags.get(f"{key}:conditional"))
    )


def _signposted(tags: Tags) -> Iterator[tuple[str, float]]:
    for names, read in ((_METRES, metres), (_TONNES, tonnes)):
        for name, keys in names.items():
            if name == "weight_t" and spares_service(tags):
                continue
            for key in keys:
                yield from ((name, value) for value in _values(tags, key, read))
    for key in _ACCESS:
        for each in conditions(tags.get(f"{key}:conditional")):
            if each.size is not None and each.value in _CLOSED:
                yield _FIELD_OF_SIZE[each.size[0]], each.size[1]


def _values(
    tags: Tags, key: str, read: Callable[[str | None], float | None]
) -> Iterator[float]:
    # What holds at some hours only is taken to hold always.
    texts = [tags.get(key)]
    texts += [
        each.value
        for each in conditions(tags.get(f"{key}:conditional"))
        if not each.is_for_service
    ]
    yield from (value for value in map(read, texts) if value is not None)
