"""How fast streets may be driven, and how fast their surface lets one drive.

Sources: the OSM wiki pages Key:maxspeed, Key:source:maxspeed, Key:surface and
Key:smoothness; what surfaces allow follows OSRM's car profile, for a truck.
"""

from math import inf

from routing.roads.tags.access import KEYS, KINDS, Kind
from routing.roads.tags.countries import Country, country_rules
from routing.roads.tags.values import Tags, conditions, kmh

_WALK_KMH = 7.0
_URBAN_CLASSES = frozenset({"residential", "living_street", "pedestrian", "service"})
_SURFACE_KMH = {
    **dict.fromkeys(("compacted", "fine_gravel", "paving_stones", "metal"), 50.0),
    **dict.fromkeys(("sett", "bricks", "wood", "concrete:plates"), 38.0),
    **dict.fromkeys(("cobblestone", "unhewn_cobblestone", "concrete:lanes"), 25.0),
    **dict.fromkeys(("gravel", "unpaved", "pebblestone", "grass_paver"), 30.0),
    **dict.fromkeys(("ground", "dirt", "earth", "grass", "sand", "mud"), 12.0),
}
_SMOOTHNESS_KMH = {
    "bad": 30.0,
    "very_bad": 15.0,
    # Beyond what a truck on road tyres is driven over.
    **dict.fromkeys(("horrible", "very_horrible", "impassable"), 0.0),
}
_TRACK_KMH = {"grade1": 40.0, "grade2": 25.0, "grade3": 15.0}
_OTHER_TRACK_KMH = 8.0

Speeds = tuple[float, ...]


def posted_kmh(tags: Tags) -> Speeds:
    """Read the signposted limit for each kind of vehicle; infinite: none is."""
    return tuple(_posted(tags, kind) for kind in KINDS)


def default_kmh(tags: Tags, road_class: str, country: Country) -> Speeds:
    """Return the limit for each kind where none is signposted."""
    is_heavy = [kind == "hgv" for kind in KINDS]
    if road_class == "living_street":
        return (country.living_street_kmh,) * len(KINDS)
    if road_class == "motorway" or tags.get("motorroad") == "yes":
        kinds = country.motorway_kmh, country.hgv_motorway_kmh
    elif _is_urban(tags, road_class):
        kinds = country.urban_kmh, country.urban_kmh
    else:
        kinds = country.rural_kmh, country.hgv_rural_kmh
    return tuple(kinds[heavy] for heavy in is_heavy)


def surface_kmh(tags: Tags) -> float:
    """Return what the surface allows; 0: no road for a truck."""
    allowed = _SURFACE_KMH.get(tags.get("surface", ""), inf)
    if tags.get("highway") == "track":
        allowed = min(
            allowed, _TRACK_KMH.get(tags.get("tracktype", ""), _OTHER_TRACK_KMH)
        )
    return min(allowed, _SMOOTHNESS_KMH.get(tags.get("smoothness", ""), inf))


def _posted(tags: Tags, kind: Kind) -> float:
    limit = _limit(tags.get("maxspeed"))
    for key in KEYS[kind][2:]:
        limit = min(limit, _limit(tags.get(f"maxspeed:{key}")))
    for each in conditions(tags.get("maxspeed:conditional")):
        is_for_heavy = each.size is not None and each.size[0] == "weight"
        if is_for_heavy and kind == "hgv":
            limit = min(limit, _limit(each.value))
    return limit


def _limit(text: str | None) -> float:
    if text is None:
        return inf
    if text == "walk":
        return _WALK_KMH
    code, _, zone = text.partition(":")
    if zone:
        return _implied(code.upper(), zone)
    return kmh(text) or inf


def _implied(code: str, zone: str) -> float:
    """Read the likes of ``FI:urban`` and ``DE:zone:30``."""
    rules = country_rules(code)
    named = {
        "urban": rules.urban_kmh,
        "rural": rules.rural_kmh,
        "motorway": rules.motorway_kmh,
        "living_street": rules.living_street_kmh,
    }
    number = zone.removeprefix("zone").strip(":")
    return named.get(zone) or kmh(number) or inf


def _is_urban(tags: Tags, road_class: str) -> bool:
    for key in ("maxspeed:type", "source:maxspeed", "zone:traffic", "zone:maxspeed"):
        said = tags.get(key, "")
        if "urban" in said:
            return True
        if "rural" in said:
            return False
    is_built_up = tags.get("lit") == "yes" or tags.get("sidewalk", "no") not in {
        *("no", "none", "separate")
    }
    return road_class in _URBAN_CLASSES or is_built_up
