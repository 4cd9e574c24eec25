"""What OSM tags say of a vehicle, read by code that shares nothing with the product.

By the OSM wiki pages Key:access, Key:barrier, Key:oneway, Conditional restrictions and
the pages of the limits. What forbids at some hours is taken to forbid always; what
allows at some hours is taken to allow those who have business there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Tags = Mapping[str, str]
Sense = Literal["forward", "backward"]
Permission = Literal["open", "destination", "closed"]

_KEYS = {
    "motorcar": ("motorcar", "motor_vehicle", "vehicle", "access"),
    "goods": ("goods", "motor_vehicle", "vehicle", "access"),
    "hgv": ("hgv", "motor_vehicle", "vehicle", "access"),
}
_NOBODY = frozenset(
    {"no", "private", "agricultural", "forestry", "emergency", "military", "permit"}
)
_OTHERS = frozenset(
    {"psv", "bus", "minibus", "taxi", "foot", "residents", "use_sidepath", "official"}
)
_BUSINESS = {"destination", "delivery", "customers", "service"}
_NEEDS_A_SIGN = {"pedestrian", "track", "ferry"}
_OPENS = frozenset(
    {"gate", "lift_gate", "swing_gate", "sliding_gate", "hampshire_gate", "bump_gate"}
    | {"sally_port", "toll_booth", "border_control", "cattle_grid", "entrance"}
    | {"height_restrictor", "kerb", "arch", "coupure", "no"}
)
_NO_ROAD = {"horrible", "very_horrible", "impassable"}
_CONDITION = re.compile(r"([^@;]+)@\s*(\([^()]*\)|[^;]*)")
_OVER = re.compile(r"(weight|height|width|length|axleload)\s*>=?\s*([\d.]+)")
_FEET = re.compile(r"(\d+)\s*(?:ft|')\s*(?:([\d.]+)\s*(?:in|\"|''))?")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)")
_UNITS = {
    **dict.fromkeys(("", "m", "t", "tonnes"), 1.0),
    "cm": 0.01,
    "in": 0.0254,
    "kg": 0.001,
    "st": 0.907185,
    "lt": 1.016047,
    "lbs": 0.000453592,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Vehicle:
    """Who drives: the kind to the law, the size, and which classes of road at all."""

    kind: str
    height_m: float
    width_m: float
    length_m: float
    weight_t: float
    axle_t: float
    classes: frozenset[str]

    @property
    def is_heavy(self) -> bool:
        """Say whether signs for heavy goods vehicles speak to it."""
        return self.kind == "hgv"

    def size(self, name: str) -> float:
        """Return what a sign of that name limits."""
        sizes = {"height": self.height_m, "width": self.width_m}
        sizes |= {"length": self.length_m, "weight": self.weight_t}
        return (sizes | {"axleload": self.axle_t})[name]


def class_of(tags: Tags) -> str | None:
    """Name the class of a street; None: it is none."""
    if tags.get("area") == "yes":
        return None
    return "ferry" if tags.get("route") == "ferry" else tags.get("highway")


def permission(tags: Tags, vehicle: Vehicle, sense: Sense) -> Permission:
    """Say whether a vehicle may drive along a street in one sense of its drawing."""
    name = class_of(tags)
    if name not in vehicle.classes or not _is_with_traffic(tags, vehicle, sense):
        return "closed"
    if tags.get("smoothness") in _NO_ROAD:
        return "closed"
    own = _facing(tags, sense)
    unsaid: Permission = "closed" if name in _NEEDS_A_SIGN else "open"
    said = _said(own, vehicle) or unsaid
    weight = _weight_permission(own, vehicle)
    if said == "closed" or weight == "closed" or is_too_large(own, vehicle):
        return "closed"
    return "destination" if "destination" in {said, weight} else "open"


def is_barred(tags: Tags, vehicle: Vehicle) -> bool:
    """Say whether a node stops a vehicle."""
    if is_too_large(tags, vehicle) or _weight_permission(tags, vehicle) == "closed":
        return True
    if "barrier" not in tags:
        return False
    if tags.get("locked") == "yes":
        return True
    said = _said(tags, vehicle)
    return said == "closed" or (said is None and tags["barrier"] not in _OPENS)


def _is_with_traffic(tags: Tags, vehicle: Vehicle, sense: Sense) -> bool:
    is_round = tags.get("junction") in {"roundabout", "circular"}
    is_implied = is_round or tags.get("highway") == "motorway"
    text = tags.get("oneway", "yes" if is_implied else "no")
    for key in _KEYS[vehicle.kind][:-1]:
        if f"oneway:{key}" in tags:
            text = tags[f"oneway:{key}"]
            break
    if text == "reversible":
        return False
    if text in {"-1", "reverse"}:
        return sense == "backward"
    return sense == "forward" or text not in {"yes", "true", "1"}


def _facing(tags: Tags, sense: Sense) -> Tags:
    """Let signs for one sense stand before those for both."""
    both = {k: v for k, v in tags.items() if not re.search(r":(for|back)ward\b", k)}
    own = {k.replace(f":{sense}", ""): v for k, v in tags.items() if f":{sense}" in k}
    return both | own


def _said(tags: Tags, vehicle: Vehicle) -> Permission | None:
    for key in _KEYS[vehicle.kind]:
        said = _meaning(tags[key]) if key in tags else None
        for value, words in _conditions(tags.get(f"{key}:conditional", "")):
            over = _OVER.fullmatch(words)
            if over and vehicle.size(over[1]) <= float(over[2]):
                continue
            if over or _meaning(value) == "closed":
                said = _meaning(value)
            elif said == "closed" or _is_business(words):
                said = "destination"
        if said is not None:
            return said
    return None


def _meaning(value: str) -> Permission:
    if value in _BUSINESS:
        return "destination"
    parts = {part.strip() for part in value.split(";")}
    return "closed" if parts <= _NOBODY | _OTHERS else "open"


def is_too_large(tags: Tags, vehicle: Vehicle) -> bool:
    """Say whether a height, width, length or axle load is exceeded."""
    names = ("height", "width", "length", "axleload")
    return any(
        vehicle.size(name) > limit
        for name in names
        for limit in _limits(tags, f"max{name}", vehicle)
    )


def _weight_permission(tags: Tags, vehicle: Vehicle) -> Permission:
    permission: Permission = "open"
    for base in ("maxweight", "maxweightrating", "maxgcweight"):
        if all(vehicle.weight_t <= x for x in _limits(tags, base, vehicle)):
            continue
        conditional = [
            tags.get(f"{key}:conditional", "") for key in (base, f"{base}:hgv")
        ]
        spares = any(
            _is_business(words) and value in {"none", "no", "unlimited"}
            for text in conditional
            for value, words in _conditions(text)
        )
        if not spares:
            return "closed"
        permission = "destination"
    return permission


def _limits(tags: Tags, base: str, vehicle: Vehicle) -> Iterator[float]:
    keys = [base, f"{base}:physical"]
    keys += [f"{base}:hgv", f"hgv:{base}"] if vehicle.is_heavy else []
    for key in keys:
        texts = [tags.get(key, "")]
        texts += [
            value
            for value, words in _conditions(tags.get(f"{key}:conditional", ""))
            if not _is_business(words)
        ]
        yield from (number for text in texts if (number := _number(text)) is not None)


def _number(text: str) -> float | None:
    text = text.strip().lower()
    if feet := _FEET.fullmatch(text):
        return int(feet[1]) * 0.3048 + float(feet[2] or 0) * 0.0254
    found = _NUMBER.fullmatch(text)
    if found is None or found[2] not in _UNITS:
        return None
    return float(found[1].replace(",", ".")) * _UNITS[found[2]]


def _conditions(text: str) -> Iterator[tuple[str, str]]:
    for found in _CONDITION.finditer(text):
        yield found[1].strip().lower(), found[2].strip().strip("()").strip().lower()


def _is_business(words: str) -> bool:
    return "destination" in words or "delivery" in words


def bans_on(tags: Tags, vehicle: Vehicle) -> Iterator[str]:
    """Yield what a restriction relation says to a vehicle, as ``no_left_turn``."""
    if tags.get("type") != "restriction":
        return
    for key in _KEYS[vehicle.kind][:-2]:
        if f"restriction:{key}" in tags:
            yield tags[f"restriction:{key}"]
            return
    exempt = {each.strip() for each in tags.get("except", "").split(";")}
    if exempt & set(_KEYS[vehicle.kind]):
        return
    if "restriction" in tags:
        yield tags["restriction"]
    for value, words in _conditions(tags.get("restriction:conditional", "")):
        over = _OVER.fullmatch(words)
        if over is None or vehicle.size(over[1]) > float(over[2]):
            yield value
