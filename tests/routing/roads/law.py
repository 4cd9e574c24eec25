"""What the OSM objects say, read by code that shares nothing with the product."""

import itertools
from collections import defaultdict
from typing import NamedTuple


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


def remembered(trail, following):
    """Keep what a ban by way of one street can look back on."""
    on_same = tuple(itertools.takewhile(lambda s: s.way == following.way, trail[::-1]))
    before = trail[: len(trail) - len(on_same)]
    return (*before[-1:], *on_same[::-1], following)
