"""Ways through the real Helsinki, held against its OSM objects."""

import itertools
import math
import random
from collections import defaultdict

import osmium
import pytest
from osmium.osm import Node, Relation, Way

from routing.roads import Place, build_network
from tests.routing.roads.law import Law, remembered

DRIVEN = {"primary", "secondary", "tertiary", "unclassified", "residential"}
DRIVEN |= {f"{name}_link" for name in DRIVEN} | {"service", "living_street"}


def read_law(pbf):
    ways, oneway, bans, closed = {}, {}, [], set()
    positions = defaultdict(set)
    for item in osmium.FileProcessor(str(pbf)).with_locations():
        tags = dict(item.tags)
        if isinstance(item, Node) and tags.get("barrier") in {
            "bollard",
            "block",
            "fence",
        }:
            closed |= {item.id} if permission(tags) != "open" else set()
        elif isinstance(item, Node) and tags.get("barrier"):
            closed |= {item.id} if permission(tags) == "closed" else set()
        elif isinstance(item, Way) and is_driven(tags):
            # Where the extract was cut, its streets end.
            ways[item.id] = [n.ref for n in item.nodes if n.location.valid()]
            oneway[item.id] = tags.get("oneway", "no")
            for node in item.nodes:
                if node.location.valid():
                    positions[node.location.lat, node.location.lon].add(node.ref)
        elif isinstance(item, Relation) and "restriction" in tags:
            ends = {member.role: member.ref for member in item.members}
            only = tags["restriction"].startswith("only_")
            bans.append((only, ends["from"], ends["via"], ends["to"]))
    return Law(ways=ways, oneway=oneway, bans=bans, closed=closed), positions


def permission(tags):
    for key in ("hgv", "motor_vehicle", "vehicle", "access"):
        if key in tags:
            return "closed" if tags[key] in {"no", "private"} else "open"
    return "unknown"


def is_driven(tags):
    is_pedestrian = tags.get("highway") == "pedestrian"
    return (
        (
            tags.get("highway") in DRIVEN
            or (is_pedestrian and permission(tags) == "open")
        )
        and tags.get("area") != "yes"
        and permission(tags) != "closed"
        and float(tags.get("maxheight", 99)) >= 3.6
        and float(tags.get("maxweight", 99)) >= 18
        and float(tags.get("maxaxleload", 99)) >= 11.5
        and float(tags.get("maxlength", 99)) >= 9.5
    )


def on_segment(point, segment, where):
    """Say whether a point lies within 10 cm of a segment."""
    if segment.start not in where or segment.end not in where:
        return False
    (px, py), (ax, ay), (bx, by) = (
        (111_195 * lat, 55_300 * lon)
        for lat, lon in (point, where[segment.start], where[segment.end])
    )
    detour = math.dist((px, py), (ax, ay)) + math.dist((px, py), (bx, by))
    return detour - math.dist((ax, ay), (bx, by)) < 0.1


def is_legal(law, positions, leg):
    """Find some trail of legal turns through the points of a leg."""
    where = {node: place for place, nodes in positions.items() for node in nodes}
    nodes = [positions.get(point, set()) for point in leg.points]
    trails = None
    for i, (a, b) in enumerate(itertools.pairwise(leg.points), start=1):
        from_a = [s for node in nodes[i - 1] for s in law.leaving[node]]
        candidates = {
            s
            for s in (law.segments() if i == 1 else from_a)
            if (i == len(nodes) - 1 or s.end in nodes[i])
            and on_segment(a, s, where)
            and on_segment(b, s, where)
        }
        trails = (
            {(s,) for s in candidates}
            if trails is None
            else {remembered(t, s) for t in trails for s in law.onward(t) & candidates}
        )
    return bool(trails)


def test_two_hundred_ways_through_helsinki_are_legal_and_add_up(helsinki_pbf):
    network = build_network(helsinki_pbf)
    law, positions = read_law(helsinki_pbf)
    dice = random.Random(20190401)
    box = (60.1643, 60.1789), (24.9353, 24.9533)
    points = ((dice.uniform(*box[0]), dice.uniform(*box[1])) for _ in range(60))
    places = [
        p for p in (network.snap(*point) for point in points) if isinstance(p, Place)
    ]
    matrix = network.matrix(places)
    for _ in range(200):
        i, j = dice.sample(range(len(places)), 2)
        leg = network.path(places[i], places[j])
        assert (leg.travel_s, leg.distance_m) == (
            matrix.travel_s[i, j],
            matrix.distance_m[i, j],
        )
        drawn_m = sum(
            math.dist((111_195 * a, 55_300 * b), (111_195 * c, 55_300 * d))
            for (a, b), (c, d) in itertools.pairwise(leg.points)
        )
        assert drawn_m == pytest.approx(leg.distance_m, rel=0.005, abs=2)
        assert is_legal(law, positions, leg)
