"""What the law and the ground allow on a stretch of street, or past a gate."""

from dataclasses import dataclass

from routing.roads.tags.access import (
    KEYS,
    KINDS,
    Kind,
    Verdict,
    gate_verdict,
    street_verdict,
)
from routing.roads.tags.countries import Country
from routing.roads.tags.limits import Limits, limits, spares_service
from routing.roads.tags.speeds import Speeds, default_kmh, posted_kmh, surface_kmh
from routing.roads.tags.values import Tags

ROAD_CLASSES = (
    *("motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"),
    *("secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified"),
    *("residential", "road", "service", "living_street", "pedestrian", "track"),
    "ferry",
)
_ONEWAY = {
    "yes": (True, False),
    "true": (True, False),
    "1": (True, False),
    "-1": (False, True),
    "reverse": (False, True),
    "no": (True, True),
    "false": (True, True),
    "0": (True, True),
    # Its direction changes with the hour, which nothing here knows.
    "reversible": (False, False),
    "alternating": (True, True),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What holds along a stretch in one direction; many stretches share one.

    Parameters
    ----------
    road_class
        One of `ROAD_CLASSES`.
    verdicts
        By kind of vehicle (`KINDS`): open, closed, or open to who has business there.
    posted_kmh, default_kmh
        By kind: the signposted limit (infinite: none), and the legal one without sign.
    surface_kmh
        What the ground allows, or a ferry's own speed.
    can_halt
        Whether a vehicle may stand there to empty a bin.
    """

    road_class: str
    verdicts: tuple[Verdict, ...]
    limits: Limits
    posted_kmh: Speeds
    default_kmh: Speeds
    surface_kmh: float
    can_halt: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """What holds for driving past a node: a barrier, a low bridge."""

    verdicts: tuple[Verdict, ...]
    limits: Limits


def street_rule(
    tags: Tags, road_class: str, country: Country, *, forwards: bool
) -> Rule:
    """Say what holds on a street in one direction; the tags are seen in it."""
    verdicts: list[Verdict] = [
        street_verdict(tags, kind, road_class)
        if directions(tags, kind)[0 if forwards else 1]
        else "closed"
        for kind in KINDS
    ]
    if spares_service(tags) and verdicts[-1] == "open":
        verdicts[-1] = "destination"
    return Rule(
        road_class=road_class,
        verdicts=tuple(verdicts),
        limits=limits(tags),
        posted_kmh=posted_kmh(tags),
        default_kmh=default_kmh(tags, road_class, country),
        surface_kmh=surface_kmh(tags),
        can_halt=_can_halt(tags, road_class),
    )


def gate_rule(tags: Tags) -> Gate | None:
    """Say what holds at a node; None if nothing does."""
    verdicts = tuple(gate_verdict(tags, kind) for kind in KINDS)
    gate = Gate(verdicts=verdicts, limits=limits(tags))
    is_open = set(verdicts) == {"open"} and gate.limits == Limits()
    return None if is_open else gate


def road_class_of(tags: Tags) -> str | None:
    """Name the class of a way; None if no vehicle drives there."""
    if tags.get("area") == "yes":
        return None
    if tags.get("route") == "ferry":
        return "ferry"
    name = tags.get("highway")
    return name if name in ROAD_CLASSES else None


def directions(tags: Tags, kind: Kind) -> tuple[bool, bool]:
    """Say whether a kind of vehicle may drive forwards, and backwards, as it is drawn.

    The most specific of the tags for vehicles, then of those for all, decides.
    """
    is_implied = (
        tags.get("junction") in {"roundabout", "circular"}
        or tags.get("highway") == "motorway"
    )
    keys = (*(f"oneway:{key}" for key in reversed(KEYS[kind])), "oneway")
    said = next((tags[key] for key in keys if key in tags), "")
    return _ONEWAY.get(said, (True, not is_implied))


def duration_s(tags: Tags) -> float | None:
    """Read a ferry's ``duration``: minutes, hh:mm or hh:mm:ss."""
    parts = tags.get("duration", "").split(":")
    if not all(part.isdigit() for part in parts):
        return None
    if len(parts) == 1:
        parts = ["0", *parts]
    numbers = [int(part) for part in parts]
    seconds = sum(n * s for n, s in zip(numbers, (3600, 60, 1), strict=False))
    return float(seconds) or None


def _can_halt(tags: Tags, road_class: str) -> bool:
    is_fast = road_class in {"motorway", "motorway_link", "ferry"}
    is_fast |= tags.get("motorroad") == "yes"
    is_underground = tags.get("tunnel", "no") not in {"no", "building_passage"}
    return not is_fast and not is_underground
