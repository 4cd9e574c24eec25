"""Which kinds of vehicle may use a street, by OSM's access tags.

Sources: the OSM wiki pages Key:access, Key:hgv, Key:barrier and Conditional
restrictions. What holds at some hours only is taken to hold always if it forbids; if it
allows, collection is taken to come in those hours.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from routing.roads.tags.values import Tags, conditions

Kind = Literal["motorcar", "goods", "hgv"]
Verdict = Literal["open", "destination", "closed"]

# Access tags from general to specific; the most specific one present decides.
KEYS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "motorcar": ("access", "vehicle", "motor_vehicle", "motorcar"),
        "goods": ("access", "vehicle", "motor_vehicle", "goods"),
        "hgv": ("access", "vehicle", "motor_vehicle", "goods", "hgv"),
    }
)
KINDS: tuple[Kind, ...] = ("motorcar", "goods", "hgv")

_CLOSED = frozenset(
    {"no", "private", "agricultural", "forestry", "agricultural;forestry"}
    | {"emergency", "military", "psv", "bus", "permit", "residents", "use_sidepath"}
)
# Who has business there may drive in, but nobody may drive through.
_DESTINATION = frozenset({"destination", "delivery", "customers", "service"})
# Streets that are closed to vehicles unless a tag opens them.
ONLY_IF_SAID = frozenset({"pedestrian", "track", "ferry"})
# Barriers that open for traffic; every other one is taken for solid.
_OPEN_BARRIERS = frozenset(
    {"gate", "lift_gate", "swing_gate", "sliding_gate", "sally_port", "toll_booth"}
    | {"border_control", "entrance", "cattle_grid", "height_restrictor", "kerb"}
    | {"arch", "no", "hampshire_gate", "coupure", "bump_gate"}
)


def street_verdict(tags: Tags, kind: Kind, road_class: str) -> Verdict:
    """Say whether a kind of vehicle may drive along a street."""
    return _judge(tags, kind) or ("closed" if road_class in ONLY_IF_SAID else "open")


def gate_verdict(tags: Tags, kind: Kind) -> Verdict:
    """Say whether a kind of vehicle may drive past a node."""
    barrier = tags.get("barrier")
    if barrier is None:
        return "open"
    if tags.get("locked") == "yes":
        return "closed"
    is_open = barrier in _OPEN_BARRIERS
    return _judge(tags, kind) or ("open" if is_open else "closed")


def _judge(tags: Tags, kind: Kind) -> Verdict | None:
    for key in reversed(KEYS[kind]):
        always = _verdict_of(tags[key]) if key in tags else None
        verdict = _with_conditions(always, tags.get(f"{key}:conditional"))
        if verdict is not None:
            return verdict
    return None


def _with_conditions(always: Verdict | None, text: str | None) -> Verdict | None:
    verdict = always
    for each in conditions(text):
        said = _verdict_of(each.value)
        if each.size is not None:
            continue  # a limit of size, see `limits`
        if said == "closed":
            verdict = "closed"
        elif verdict == "closed" or each.is_for_service:
            verdict = "destination"
    return verdict


def _verdict_of(value: str) -> Verdict:
    if value in _CLOSED:
        return "closed"
    return "destination" if value in _DESTINATION else "open"
