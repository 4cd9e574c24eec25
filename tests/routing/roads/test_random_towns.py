"""Times in random towns are held against a search through the OSM objects."""

import heapq
import itertools
import math
import random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from routing.roads import Place, UnusableExtractError, build_network
from tests.routing.roads.law import Law, Segment, remembered

BEGUN, OUT, INSIDE = range(3)


def fastest_s(law, seconds, start, end, zones):
    """Dijkstra over trails, from the middle of one segment to the middle of another.

    A trail that begins in a zone may leave it; one that has entered a zone may not.
    """
    queue: list[tuple[float, int, tuple[Segment, ...] | None, int]]
    starts = [s for s in both_ways(start) if s in law.leaving[s.start]]
    ticket = itertools.count()
    phase = BEGUN if start.way in zones else OUT
    queue = [(seconds(s) / 2, next(ticket), (s,), phase) for s in starts]
    heapq.heapify(queue)
    done = set()
    while queue:
        cost, _, trail, phase = heapq.heappop(queue)
        if trail is None:
            return cost
        if (trail, phase) in done:
            continue
        done.add((trail, phase))
        for following in law.onward(trail):
            is_zone = following.way in zones
            if phase == INSIDE and not is_zone:
                continue
            after = {True: max(phase, INSIDE) if phase else BEGUN, False: OUT}[is_zone]
            u_turn_s = 7.0 if following in both_ways(trail[-1]) else 0.0
            there = cost + u_turn_s + seconds(following)
            if following in both_ways(end):
                arrival = there - seconds(following) / 2
                heapq.heappush(queue, (arrival, next(ticket), None, after))
            onward = remembered(trail, following)
            heapq.heappush(queue, (there, next(ticket), onward, after))
    return math.inf


def both_ways(segment):
    return segment, Segment(segment.way, segment.end, segment.start)


GRID_X, GRID_Y = (0, 110, 250), (0, 90, 230)
GRID = {
    3 * row + col + 1: (GRID_X[col], GRID_Y[row])
    for row in range(3)
    for col in range(3)
}
LINES = [(1, 2, 3), (4, 5, 6), (7, 8, 9), (1, 4, 7), (2, 5, 8), (3, 6, 9)]


@st.composite
def towns(draw):
    ways: dict[int, tuple[int, ...]] = {}
    for line in LINES:
        shape = draw(st.sampled_from(["one", "two", "two", "first", "last"]))
        parts: dict[str, list[tuple[int, ...]]] = {
            "one": [line],
            "two": [line[:2], line[1:]],
            "first": [line[:2]],
            "last": [line[1:]],
        }
        for part in parts[shape]:
            ways[len(ways) + 101] = part
    oneway = {way: draw(st.sampled_from(["no", "no", "yes", "-1"])) for way in ways}
    closed = draw(st.sets(st.sampled_from(sorted(GRID)), max_size=1))
    bans = draw(st.lists(node_bans(ways) | way_bans(ways), max_size=4))
    some = st.sets(st.sampled_from(sorted(ways)), max_size=3)
    return ways, oneway, closed, [ban for ban in bans if ban], draw(some), draw(some)


@st.composite
def node_bans(draw, ways):
    via = draw(st.sampled_from(sorted(GRID)))
    near = sorted(way for way, nodes in ways.items() if via in (nodes[0], nodes[-1]))
    if not near:
        return None
    return (
        draw(st.booleans()),
        draw(st.sampled_from(near)),
        via,
        draw(st.sampled_from(near)),
    )


@st.composite
def way_bans(draw, ways):
    via = draw(st.sampled_from(sorted(ways)))
    first, last = draw(st.permutations([ways[via][0], ways[via][-1]]))
    at_first = sorted(w for w, n in ways.items() if w != via and first in (n[0], n[-1]))
    at_last = sorted(w for w, n in ways.items() if w != via and last in (n[0], n[-1]))
    if not at_first or not at_last:
        return None
    return (
        draw(st.booleans()),
        draw(st.sampled_from(at_first)),
        (via,),
        draw(st.sampled_from(at_last)),
    )


def relation(ban):
    only, from_, via, to = ban
    vias = [("via", "w", via[0])] if isinstance(via, tuple) else [("via", "n", via)]
    kind = "only_straight_on" if only else "no_left_turn"
    return {"restriction": kind}, [("from", "w", from_), *vias, ("to", "w", to)]


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(town=towns(), seed=st.integers(0, 2**16))
def test_times_are_those_of_a_search_through_the_osm_objects(
    town, seed, write_town, plain, at
):
    ways, oneway, closed, bans, zones, shut = town
    tags = {way: {"oneway": value} for way, value in oneway.items()}
    for way in zones:
        tags[way]["access"] = "destination"
    for way in shut:
        tags[way]["maxweight"] = "7.5"
    pbf = write_town(
        nodes=GRID,
        ways=ways,
        way_tags=tags,
        node_tags={node: {"barrier": "bollard"} for node in closed},
        restrictions=[relation(ban) for ban in bans],
    )
    try:
        network = build_network(pbf, plain, max_snap_m=1.0)
    except UnusableExtractError:
        assume(False)
    open_ways = {way: nodes for way, nodes in ways.items() if way not in shut}
    law = Law(ways=open_ways, oneway=oneway, bans=bans, closed=closed)

    def seconds(segment):
        return math.dist(GRID[segment.start], GRID[segment.end]) / 10

    def middle(segment):
        (ax, ay), (bx, by) = GRID[segment.start], GRID[segment.end]
        return network.snap(*at((ax + bx) / 2, (ay + by) / 2))

    places = {
        s: middle(s) for s in law.segments() if s.start < s.end or oneway[s.way] != "no"
    }
    known = sorted((s for s, p in places.items() if isinstance(p, Place)))
    chosen = random.Random(seed).sample(known, min(4, len(known)))
    matrix = network.matrix([places[s] for s in chosen])
    for (i, start), (j, end) in itertools.permutations(enumerate(chosen), 2):
        leg = network.path(places[start], places[end])
        assert (leg.travel_s, leg.distance_m) == (
            matrix.travel_s[i, j],
            matrix.distance_m[i, j],
        )
        assert abs(leg.travel_s - fastest_s(law, seconds, start, end, zones)) <= 0.6
