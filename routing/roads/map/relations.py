"""Turn restrictions, as OSM relations state them.

Source: the OSM wiki page Relation:restriction. What holds at some hours only is taken
to hold always.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from osmium.osm import Relation

from routing.roads.tags.access import KEYS, KINDS, Kind
from routing.roads.tags.values import Tags, conditions


@dataclass(frozen=True, kw_only=True, slots=True)
class Restriction:
    """Coming from one of the ways, by way of the via: never, or only, to these.

    Exactly one of `via_node` and `via_ways` is set. `kinds` are bits, one for each of
    `KINDS` that it holds for.
    """

    is_only: bool
    kinds: int
    from_ways: frozenset[int]
    via_node: int | None
    via_ways: tuple[int, ...]
    to_ways: frozenset[int]


def read_restrictions(relation: Relation, tags: Tags) -> Iterator[Restriction]:
    """Read what a relation forbids to which kinds of vehicle."""
    if tags.get("type", "restriction") != "restriction":
        return
    members = [(member.role, member.type, member.ref) for member in relation.members]
    via_nodes = [ref for role, type_, ref in members if (role, type_) == ("via", "n")]
    via_ways = [ref for role, type_, ref in members if (role, type_) == ("via", "w")]
    if len(via_nodes) + bool(via_ways) != 1:
        return
    for is_only in (False, True):
        kinds = _kinds(tags, "only_" if is_only else "no_")
        if kinds:
            yield Restriction(
                is_only=is_only,
                kinds=kinds,
                from_ways=frozenset(ref for role, _, ref in members if role == "from"),
                via_node=via_nodes[0] if via_nodes else None,
                via_ways=tuple(via_ways),
                to_ways=frozenset(ref for role, _, ref in members if role == "to"),
            )


def _kinds(tags: Tags, beginning: str) -> int:
    return sum(
        1 << bit
        for bit, kind in enumerate(KINDS)
        if any(text.startswith(beginning) for text in _said_to(tags, kind))
    )


def _said_to(tags: Tags, kind: Kind) -> Iterator[str]:
    """Yield the restrictions that a relation states for a kind of vehicle."""
    for key in reversed(KEYS[kind][2:]):
        if own := tags.get(f"restriction:{key}"):
            yield own
            return
    exempt = {name.strip() for name in tags.get("except", "").split(";")}
    if not exempt.isdisjoint(KEYS[kind]):
        return
    yield tags.get("restriction", "")
    for each in conditions(tags.get("restriction:conditional")):
        is_for_all = each.size is None or each.size[0] != "weight"
        if is_for_all or kind == "hgv":
            yield each.value
