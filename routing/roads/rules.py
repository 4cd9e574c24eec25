"""What OSM tags say about driving, for one profile.

Sources: the OSM wiki pages Key:access, Key:oneway, Key:maxspeed and Key:barrier.
"""

import re
from collections.abc import Mapping

from routing.roads.profile import Profile

Tags = Mapping[str, str]

# Values of an access tag that keep a collection vehicle out. "destination",
# "delivery" and "customers" let it in: it has business there.
_CLOSED = frozenset(
    {"no", "private", "agricultural", "forestry", "agricultural;forestry"}
    | {"emergency", "military", "psv", "bus", "permit", "residents", "use_sidepath"}
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
}
# Barriers that open for traffic; every other one is taken for solid.
_OPEN_BARRIERS = frozenset(
    {"gate", "lift_gate", "swing_gate", "sally_port", "toll_booth", "border_control"}
    | {"entrance", "cattle_grid", "height_restrictor", "kerb", "arch", "no"}
)
_KMH_PER_MPH = 1.609344
_M_PER_FOOT = 0.3048
_NUMBER = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-z]*)$")
_FEET = re.compile(r"^(\d+)'\s*(?:(\d+)\")?$")
_CRAWL_KMH = 12.0


def is_drivable(tags: Tags, profile: Profile) -> bool:
    """Say whether the vehicle may and can use a way."""
    return (
        tags.get("highway") in profile.speed_kmh
        and tags.get("area") != "yes"
        and is_allowed(tags, profile, otherwise=True)
        and fits(tags, profile)
    )


def is_passable(tags: Tags, profile: Profile) -> bool:
    """Say whether the vehicle may and can drive past a node."""
    if not fits(tags, profile):
        return False
    barrier = tags.get("barrier")
    if barrier is None:
        return True
    return is_allowed(tags, profile, otherwise=barrier in _OPEN_BARRIERS)


def is_allowed(tags: Tags, profile: Profile, *, otherwise: bool) -> bool:
    """Judge by the most specific access tag; without one, say `otherwise`."""
    for key in reversed(profile.access_keys):
        if key in tags:
            return tags[key] not in _CLOSED
    return otherwise


def fits(tags: Tags, profile: Profile) -> bool:
    """Say whether the vehicle is within every signposted size and weight."""
    sizes = (
        ("maxheight", profile.height_m),
        ("maxwidth", profile.width_m),
        ("maxlength", profile.length_m),
        ("maxweight", profile.weight_t),
    )
    return all(size <= _limit(tags.get(key)) for key, size in sizes)


def can_halt(tags: Tags) -> bool:
    """Say whether a vehicle may stand on a way to empty a bin at its side."""
    is_motorway = tags["highway"] in {"motorway", "motorway_link"}
    is_underground = tags.get("tunnel", "no") not in {"no", "building_passage"}
    return not is_motorway and not is_underground


def directions(tags: Tags) -> tuple[bool, bool]:
    """Say whether a way may be driven forwards, and backwards, as it is drawn."""
    is_implied = (
        tags.get("junction") in {"roundabout", "circular"}
        or tags.get("highway") == "motorway"
    )
    implied = (True, not is_implied)
    return _ONEWAY.get(tags.get("oneway", ""), implied)


def speed_kmh(tags: Tags, profile: Profile) -> float:
    """Estimate the average speed on a way, turns and halts left out."""
    usual = profile.speed_kmh[tags["highway"]]
    limit = _speed_limit_kmh(tags.get("maxspeed", ""))
    if limit is None:
        return min(usual, profile.top_speed_kmh)
    if usual <= _CRAWL_KMH:
        return min(usual, limit)
    return min(limit * profile.limit_share, profile.top_speed_kmh)


def _speed_limit_kmh(text: str) -> float | None:
    match = _NUMBER.match(text.strip().lower())
    if match is None or float(match[1].replace(",", ".")) == 0:
        return None
    factor = _KMH_PER_MPH if match[2] == "mph" else 1.0
    return float(match[1].replace(",", ".")) * factor


def _limit(text: str | None) -> float:
    if text is None:
        return float("inf")
    if feet := _FEET.match(text.strip()):
        return (int(feet[1]) + int(feet[2] or 0) / 12) * _M_PER_FOOT
    match = _NUMBER.match(text.strip().lower())
    return float(match[1].replace(",", ".")) if match else float("inf")
