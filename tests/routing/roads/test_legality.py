"""Every way is held against the OSM objects themselves, by code that shares nothing."""

import heapq
import itertools
import math
import random
from collections import defaultdict
from typing import NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from routing.roads import Place, UnusableExtractError, build_network


class Segment(NamedTuple):
    """From one node of a way to the next, in driving direction."""

    way: int
    start: int
    end: int


class Law:
    """Streets, bans and barriers, as the OSM objects say; no graph is built of them."""

    def __init__(self, *, ways, oneway, bans, closed):
        self.bans, self.closed = bans, closed
        self.leaving = defaultdict(set)
        for way, nodes in ways.items():
            for u, v in itertools.pairwise(nodes):
                if oneway.get(way) != "-1":
                    self.leaving[u].add(Segment(way, u, v))
                if oneway.get(way, "no") in {"no", "-1"}:
                    self.leaving[v].add(Segment(way, v, u))

    def segments(self):
        return [s for segments in self.leaving.values() for s in segments]

    def onward(self, trail):
        """All segments that may follow after a trail of segments."""
        last = trail[-1]
        back = Segment(last.way, last.end, last.start)
        options = self.leaving[last.end]
        is_dead_end = last.end in self.closed or not options - {back}
        options = options & {back} if is_dead_end else options - {back}
        options = {s for s in options if self._passes_node_bans(last, s)}
        return {s for s in options if self._passes_way_bans(trail, s, options)}

    def _passes_node_bans(self, last, following):
        rules = [
            (only, to)
            for only, from_, via, to in self.bans
            if via == last.end and from_ == last.way
        ]
        wanted = {to for only, to in rules if only}
        banned = {to for only, to in rules if not only}
        return following.way not in banned and (not wanted or following.way in wanted)

    def _passes_way_bans(self, trail, following, options):
        return all(
            self._passes_way_ban(ban, trail, following, options)
            for ban in self.bans
            if isinstance(ban[2], tuple)
        )

    def _passes_way_ban(self, ban, trail, following, options):
        only, from_, (via,), to = ban
        on_via = list(itertools.takewhile(lambda s: s.way == via, reversed(trail)))
        before = trail[: len(trail) - len(on_via)]
        if on_via and before and before[-1].way == from_ and following.way != via:
            return (following.way == to) == only
        if only and not on_via and trail[-1].way == from_:
            is_via_open = any(s.way == via for s in options)
            return following.way == via or not is_via_open
        return True


def fastest_s(law, seconds, start, end):
    """Dijkstra over trails, from the middle of one segment to the middle of another."""
    starts = [s for s in both_ways(start) if s in law.leaving[s.start]]
    ticket = itertools.count()
    queue = [(seconds(s) / 2, next(ticket), (s,)) for s in starts]
    heapq.heapify(queue)
    done = set()
    while queue:
        cost, _, trail = heapq.heappop(queue)
        if trail is None:
            return cost
        if trail in done:
            continue
        done.add(trail)
        for following in law.onward(trail):
            u_turn_s = 7.0 if following in both_ways(trail[-1]) else 0.0
            there = cost + u_turn_s + seconds(following)
            if following in both_ways(end):
                arrival = there - seconds(following) / 2
                heapq.heappush(queue, (arrival, next(ticket), None))
            heapq.heappush(queue, (there, next(ticket), remembered(trail, following)))
    return math.inf


def remembered(trail, following):
    """Keep what a ban by way of one street can look back on."""
    on_same = tuple(itertools.takewhile(lambda s: s.way == following.way, trail[::-1]))
    before = trail[: len(trail) - len(on_same)]
    return (*before[-1:], *on_same[::-1], following)


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
    ways = {}
    for line in LINES:
        shape = draw(st.sampled_from(["one", "two", "two", "first", "last"]))
        parts = {
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
    return ways, oneway, closed, [ban for ban in bans if ban]


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
    ways, oneway, closed, bans = town
    pbf = write_town(
        nodes=GRID,
        ways=ways,
        way_tags={way: {"oneway": value} for way, value in oneway.items()},
        node_tags={node: {"barrier": "bollard"} for node in closed},
        restrictions=[relation(ban) for ban in bans],
    )
    try:
        network = build_network(pbf, plain, max_snap_m=1.0)
    except UnusableExtractError:
        assume(False)
    law = Law(ways=ways, oneway=oneway, bans=bans, closed=closed)

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
        assert abs(leg.travel_s - fastest_s(law, seconds, start, end)) <= 0.6
