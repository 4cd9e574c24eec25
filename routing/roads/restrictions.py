"""Turn restrictions worked into the followers of each state."""

from collections import defaultdict
from collections.abc import Sequence

from routing.roads.edges import Edges
from routing.roads.extract import Restriction


def apply_restrictions(
    followers: list[list[int]], edges: Edges, restrictions: Sequence[Restriction]
) -> list[int]:
    """Remove forbidden turns from `followers`, in place; return each state's edge.

    A restriction by way of ways needs memory: a vehicle that turned from the first
    way into the via goes on in copies of the via edges, which lack what it may not do.
    """
    edge_of_state = list(range(len(edges)))
    _apply_at_nodes(followers, edges, restrictions)
    for restriction in restrictions:
        if restriction.via_ways:
            _ViaWays(followers, edge_of_state, edges, restriction).apply()
    return edge_of_state


def _apply_at_nodes(
    followers: list[list[int]], edges: Edges, restrictions: Sequence[Restriction]
) -> None:
    banned: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    only: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for restriction in restrictions:
        if restriction.via_node is not None:
            rules = only if restriction.is_only else banned
            for way in restriction.from_ways:
                rules[way, restriction.via_node] |= restriction.to_ways
    way_of = edges.way.tolist()
    for edge, node in enumerate(edges.head.tolist()):
        turn = way_of[edge], node
        if turn in banned:
            followers[edge] = [
                f for f in followers[edge] if way_of[f] not in banned[turn]
            ]
        if turn in only:
            followers[edge] = [f for f in followers[edge] if way_of[f] in only[turn]]


class _ViaWays:
    """One restriction that hangs over a vehicle all along its via ways."""

    def __init__(
        self,
        followers: list[list[int]],
        edge_of_state: list[int],
        edges: Edges,
        restriction: Restriction,
    ) -> None:
        self._followers = followers
        self._edge_of_state = edge_of_state
        self._way_of = edges.way.tolist()
        self._rule = restriction
        self._copies: dict[tuple[int, int], int] = {}

    def apply(self) -> None:
        """Send vehicles that turn from a first way into the via into copies."""
        for state in range(len(self._followers)):
            if self._way(state) not in self._rule.from_ways:
                continue
            is_into_via = [
                self._way(s) == self._rule.via_ways[0] for s in self._followers[state]
            ]
            if not any(is_into_via):
                continue
            self._followers[state] = [
                self._copy(follower, 0) if into else follower
                for follower, into in zip(
                    self._followers[state], is_into_via, strict=True
                )
                if into or not self._rule.is_only
            ]

    def _way(self, state: int) -> int:
        way: int = self._way_of[self._edge_of_state[state]]
        return way

    def _copy(self, state: int, via: int) -> int:
        if (state, via) in self._copies:
            return self._copies[state, via]
        copy = len(self._followers)
        self._copies[state, via] = copy
        self._edge_of_state.append(self._edge_of_state[state])
        self._followers.append([])
        self._followers[copy] = self._restricted(state, via)
        return copy

    def _restricted(self, state: int, via: int) -> list[int]:
        kept = []
        for follower in self._followers[state]:
            next_via = self._next_via(follower, via)
            if next_via is not None:
                kept.append(self._copy(follower, next_via))
            elif self._is_kept(follower, via):
                kept.append(follower)
        return kept

    def _next_via(self, follower: int, via: int) -> int | None:
        ways = self._rule.via_ways
        for candidate in (via, via + 1):
            if candidate < len(ways) and self._way(follower) == ways[candidate]:
                return candidate
        return None

    def _is_kept(self, follower: int, via: int) -> bool:
        is_end = via == len(self._rule.via_ways) - 1
        is_to = is_end and self._way(follower) in self._rule.to_ways
        return is_to == self._rule.is_only
