"""How OSM objects look on the map: layer and kind of the Protomaps v4 schema.

Source: https://docs.protomaps.com/basemaps/layers. What the map style never draws is
left out. Pedestrian streets are drawn as streets, since people know them as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Tags = Mapping[str, str]
Properties = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A feature's layer, its properties, and the zoom from which it is seen."""

    layer: str
    kind: str
    min_zoom: int
    details: Properties = field(default_factory=dict)


_ROADS = {
    "motorway": ("highway", 5),
    "motorway_link": ("highway", 9),
    "trunk": ("major_road", 7),
    "trunk_link": ("major_road", 9),
    "primary": ("major_road", 8),
    "primary_link": ("major_road", 10),
    "secondary": ("major_road", 10),
    "secondary_link": ("major_road", 11),
    "tertiary": ("major_road", 11),
    "tertiary_link": ("major_road", 12),
    "residential": ("minor_road", 12),
    "unclassified": ("minor_road", 12),
    "living_street": ("minor_road", 12),
    "road": ("minor_road", 12),
    "service": ("minor_road", 14),
    "pedestrian": ("minor_road", 13),
    "track": ("other", 14),
    "cycleway": ("path", 15),
    "footway": ("path", 15),
    "path": ("path", 15),
    "steps": ("path", 15),
}
_OFTEN_UNDER_HOUSES = frozenset({"service", "pedestrian"})
_RAILS = {"rail": 11, "light_rail": 12, "tram": 13}
_AREAS = {
    ("leisure", "park"): "park",
    ("leisure", "garden"): "park",
    ("leisure", "nature_reserve"): "nature_reserve",
    ("leisure", "golf_course"): "golf_course",
    ("leisure", "playground"): "playground",
    ("leisure", "pitch"): "playground",
    ("landuse", "forest"): "forest",
    ("landuse", "grass"): "grass",
    ("landuse", "meadow"): "grass",
    ("landuse", "recreation_ground"): "park",
    ("landuse", "village_green"): "village_green",
    ("landuse", "cemetery"): "cemetery",
    ("landuse", "allotments"): "allotments",
    ("landuse", "industrial"): "industrial",
    ("landuse", "railway"): "industrial",
    ("landuse", "military"): "military",
    ("natural", "wood"): "wood",
    ("natural", "scrub"): "scrub",
    ("natural", "grassland"): "grassland",
    ("natural", "heath"): "grassland",
    ("natural", "beach"): "beach",
    ("natural", "sand"): "sand",
    ("amenity", "school"): "school",
    ("amenity", "university"): "university",
    ("amenity", "college"): "college",
    ("amenity", "hospital"): "hospital",
    ("aeroway", "aerodrome"): "aerodrome",
    ("highway", "pedestrian"): "pedestrian",
    ("highway", "footway"): "pedestrian",
    ("highway", "platform"): "pedestrian",
    ("public_transport", "platform"): "pedestrian",
    ("railway", "platform"): "pedestrian",
    ("man_made", "pier"): "pier",
}
_WATERWAYS = {"river": 9, "canal": 10, "stream": 14}
_PLACES = {
    "city": ("locality", 4),
    "town": ("locality", 7),
    "village": ("locality", 10),
    "hamlet": ("locality", 12),
    "suburb": ("neighbourhood", 11),
    "quarter": ("neighbourhood", 12),
    "neighbourhood": ("neighbourhood", 13),
}
# The style sorts labels of places by it; within one city all are alike.
_POPULATION_RANK = 8
_STOREY_M = 3.0
_STOREYS = 3.0


def line_look(tags: Tags) -> Look | None:
    """Say how a line looks, if it is drawn."""
    return _road(tags) or _rail(tags) or _waterway(tags)


def area_look(tags: Tags) -> Look | None:
    """Say how an area looks, if it is drawn."""
    if is_water(tags):
        return Look(layer="water", kind="water", min_zoom=6, details=_names(tags))
    if _is_below_ground(tags):
        return None
    if _has(tags, "building"):
        height_m = {"height": _height_m(tags)}
        return Look(layer="buildings", kind="building", min_zoom=13, details=height_m)
    kinds = (kind for pair, kind in _AREAS.items() if tags.get(pair[0]) == pair[1])
    kind = next(kinds, None)
    if kind is None or _is_loop_of_street(tags):
        return None
    min_zoom = 14 if kind == "pedestrian" else 10
    return Look(layer="landuse", kind=kind, min_zoom=min_zoom, details=_names(tags))


def point_look(tags: Tags) -> Look | None:
    """Say how a point looks, if it is drawn: places and waters that have a name."""
    if "name" not in tags:
        return None
    if tags.get("natural") in {"bay", "water", "strait"}:
        kind = tags["natural"]
        return Look(layer="water", kind=kind, min_zoom=13, details=_names(tags))
    if tags.get("place") not in _PLACES:
        return None
    kind, min_zoom = _PLACES[tags["place"]]
    details: Properties = {
        "kind_detail": tags["place"],
        "min_zoom": min_zoom,
        "population_rank": _POPULATION_RANK,
    }
    return Look(
        layer="places",
        kind=kind,
        min_zoom=min_zoom,
        details={**details, **_names(tags)},
    )


def is_water(tags: Tags) -> bool:
    """Say whether an area is water."""
    return (
        tags.get("natural") == "water"
        or tags.get("waterway") == "riverbank"
        or tags.get("landuse") in {"reservoir", "basin"}
    )


def _road(tags: Tags) -> Look | None:
    highway = tags.get("highway", "")
    if highway not in _ROADS or tags.get("area") == "yes":
        return None
    kind, min_zoom = _ROADS[highway]
    if (kind == "path" or highway in _OFTEN_UNDER_HOUSES) and _is_clutter(tags):
        return None
    details: dict[str, str | int | float | bool] = {
        "kind_detail": highway.removesuffix("_link"),
        "min_zoom": min_zoom,
        **{key: tags[key] for key in ("name", "ref") if key in tags},
        **{f"is_{key}": True for key in ("bridge", "tunnel") if _has(tags, key)},
    }
    if highway.endswith("_link"):
        details["is_link"] = True
    if tags.get("oneway") == "yes":
        details["oneway"] = "yes"
    return Look(layer="roads", kind=kind, min_zoom=min_zoom, details=details)


def _rail(tags: Tags) -> Look | None:
    railway = tags.get("railway", "")
    if railway not in _RAILS or _has(tags, "tunnel"):
        return None
    return Look(
        layer="roads",
        kind="rail",
        min_zoom=_RAILS[railway],
        details={"kind_detail": railway},
    )


def _waterway(tags: Tags) -> Look | None:
    waterway = tags.get("waterway", "")
    if waterway not in _WATERWAYS or _has(tags, "tunnel"):
        return None
    kind = "river" if waterway == "canal" else waterway
    min_zoom = _WATERWAYS[waterway]
    return Look(layer="water", kind=kind, min_zoom=min_zoom, details=_names(tags))


def _is_clutter(tags: Tags) -> bool:
    # Pavements beside a street, and ways that are not in the open.
    return (
        tags.get("footway") in {"sidewalk", "crossing"}
        or any(_has(tags, key) for key in ("tunnel", "indoor", "covered"))
        or _is_below_ground(tags)
    )


def _is_below_ground(tags: Tags) -> bool:
    return tags.get("location") == "underground" or tags.get("layer", "").startswith(
        "-"
    )


def _is_loop_of_street(tags: Tags) -> bool:
    is_area = tags.get("area") == "yes" or tags.get("type") == "multipolygon"
    return "highway" in tags and not is_area


def _has(tags: Tags, key: str) -> bool:
    return tags.get(key, "no") != "no"


def _names(tags: Tags) -> dict[str, str]:
    return {key: tags[key] for key in ("name", "name:en") if key in tags}


def _height_m(tags: Tags) -> float:
    for key, unit_m in (("height", 1.0), ("building:levels", _STOREY_M)):
        try:
            return float(tags[key].removesuffix(" m")) * unit_m
        except (KeyError, ValueError):
            continue  # missing or no number: the next best clue
    return _STOREYS * _STOREY_M
