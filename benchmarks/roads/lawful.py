"""Whether a way that was drawn on the map may be driven: trails of raw segments.

A judge without a graph: it looks for some trail of OSM segments through the points of
the way, along which every turn is legal, and says what is wrong if there is none.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.roads.raw_streets import Ban, Point, RawStreets, Segment, read_streets
from benchmarks.roads.raw_tags import Vehicle

_ON_M = 0.1
Pending = frozenset[tuple[int, int]]


class Trail(NamedTuple):
    """What of a trail the law remembers.

    `has_left`: it has been on a street that is open to all. `pending`: restrictions by
    way of ways that hang over it, by number, each with the rank of the via way.
    """

    segment: Segment
    has_left: bool
    is_in_zone: bool
    pending: Pending


class Law:
    """Judges ways through one extract for one vehicle."""

    def __init__(self, streets: RawStreets) -> None:
        self._streets = streets
        self._tiny_from: dict[int, list[Segment]] = {}
        for node, segments in streets.leaving.items():
            if tiny := [each for each in segments if streets.is_tiny(each)]:
                self._tiny_from[node] = tiny

    def fault(self, points: Sequence[Point]) -> str | None:
        """Say what is illegal about a way from point to point; None: nothing."""
        trails = {self._begin(segment) for segment in self._first(points)}
        if not trails:
            return f"{points[0]} to {points[1]}: no street that is open this way"
        for at in range(2, len(points)):
            is_last = at == len(points) - 1
            faults: list[str] = []
            onward = self._step(trails, points[at], faults, is_last=is_last)
            if not onward:
                if is_last and self._is_there(trails, points[at]):
                    return None
                said = "; ".join(dict.fromkeys(faults)) or "no open street leads there"
                return f"{points[at - 1]} to {points[at]}: {said}"
            trails = onward
        return None

    def _first(self, points: Sequence[Point]) -> list[Segment]:
        """Select the segments that the way may begin on."""
        streets, start = self._streets, points[0]
        ends = streets.nodes_at.get(points[1], set())
        if len(points) > 2:
            options = [each for node in ends for each in streets.arriving[node]]
            return [each for each in options if self._is_on(start, each)]
        return [
            each
            for each in streets.near(start)
            if self._is_on(start, each)
            and self._is_on(points[1], each)
            and streets.along_m(start, each)[0]
            <= streets.along_m(points[1], each)[0] + _ON_M
        ]

    def _step(
        self, trails: set[Trail], to: Point, faults: list[str], *, is_last: bool
    ) -> set[Trail]:
        nodes = self._streets.nodes_at.get(to, set())
        onward = set()
        for trail in self._with_tiny(trails):
            for segment in self._streets.leaving[trail.segment.end]:
                is_there = self._is_on(to, segment) if is_last else segment.end in nodes
                if not is_there:
                    continue
                fault = self._turn_fault(trail, segment)
                if fault is None:
                    onward.add(self._remember(trail, segment))
                else:
                    faults.append(fault)
        return onward

    def _with_tiny(self, trails: set[Trail]) -> set[Trail]:
        """Add what can be driven without being seen on the map."""
        found, fresh = set(trails), list(trails)
        while fresh and self._tiny_from:
            trail = fresh.pop()
            for segment in self._tiny_from.get(trail.segment.end, ()):
                if self._turn_fault(trail, segment) is None:
                    following = self._remember(trail, segment)
                    if following not in found:
                        found.add(following)
                        fresh.append(following)
        return found

    def _is_on(self, point: Point, segment: Segment) -> bool:
        return self._streets.along_m(point, segment)[1] <= _ON_M

    def _is_there(self, trails: Iterable[Trail], point: Point) -> bool:
        """Say whether the way ends at a node that it has come to."""
        return any(
            self._streets.is_at(point, trail.segment.end)
            for trail in self._with_tiny(set(trails))
        )

    def _begin(self, segment: Segment) -> Trail:
        is_zone = segment in self._streets.zone
        return Trail(segment, not is_zone, False, frozenset())

    def _remember(self, trail: Trail, segment: Segment) -> Trail:
        is_zone = segment in self._streets.zone
        return Trail(
            segment,
            trail.has_left or not is_zone,
            trail.is_in_zone or (is_zone and trail.has_left),
            self._pending_after(trail, segment),
        )

    def _pending_after(self, trail: Trail, segment: Segment) -> Pending:
        found = set()
        for number, rank in trail.pending:
            ways = self._streets.bans[number].via_ways
            for candidate in (rank, rank + 1):
                if candidate < len(ways) and ways[candidate] == segment.way:
                    found.add((number, candidate))
                    break
        for number in self._streets.bans_from.get(trail.segment.way, ()):
            if self._streets.bans[number].via_ways[:1] == (segment.way,):
                found.add((number, 0))
        return frozenset(found)

    def _turn_fault(self, trail: Trail, segment: Segment) -> str | None:
        last, streets = trail.segment, self._streets
        where = f"node {last.end}, way {last.way} to way {segment.way}"
        if _is_back(last, segment):
            if not self._is_dead_end(last):
                return f"{where}: turns round in the middle"
        elif last.end in streets.barred:
            return f"{where}: past a barrier"
        if trail.is_in_zone and segment not in streets.zone:
            return f"{where}: through a street for destinations"
        if not self._passes_node_bans(last, segment):
            return f"{where}: banned turn"
        if not self._passes_way_bans(trail, segment):
            return f"{where}: banned after the ways before"
        return None

    def _is_dead_end(self, last: Segment) -> bool:
        onward = self._streets.leaving[last.end]
        return last.end in self._streets.barred or all(
            _is_back(last, each) for each in onward
        )

    def _passes_node_bans(self, last: Segment, segment: Segment) -> bool:
        bans = [
            ban
            for number in self._streets.bans_from.get(last.way, ())
            if (ban := self._streets.bans[number]).via_node == last.end
        ]
        if any(not ban.is_only and _is_meant(ban, last, segment) for ban in bans):
            return False
        only = [ban for ban in bans if ban.is_only]
        return not only or any(segment.way in ban.to_ways for ban in only)

    def _passes_way_bans(self, trail: Trail, segment: Segment) -> bool:
        for number, rank in trail.pending:
            ban = self._streets.bans[number]
            if segment.way in ban.via_ways[rank : rank + 2]:
                continue
            is_to = rank == len(ban.via_ways) - 1 and segment.way in ban.to_ways
            if is_to != ban.is_only:
                return False
        return all(
            self._takes_only_via(self._streets.bans[number], trail.segment, segment)
            for number in self._streets.bans_from.get(trail.segment.way, ())
        )

    def _takes_only_via(self, ban: Ban, last: Segment, segment: Segment) -> bool:
        """Say whether a way that must be taken next is taken, where it begins."""
        if not (ban.is_only and ban.via_ways) or segment.way == ban.via_ways[0]:
            return True
        if _is_back(last, segment):
            return True
        return not any(
            each.way == ban.via_ways[0] and self._passes_node_bans(last, each)
            for each in self._streets.leaving[last.end]
        )


def read_law(pbf: Path, vehicle: Vehicle) -> Law:
    """Read the law of an extract for a vehicle."""
    return Law(read_streets(pbf, vehicle))


def _is_back(last: Segment, segment: Segment) -> bool:
    return segment == Segment(last.way, last.end, last.start)


def _is_meant(ban: Ban, last: Segment, segment: Segment) -> bool:
    if ban.is_u_turn and segment.way == last.way:
        return segment.way in ban.to_ways and _is_back(last, segment)
    return segment.way in ban.to_ways
