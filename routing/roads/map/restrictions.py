"""Turn restrictions worked into what may follow each state."""

from collections import defaultdict
from collections.abc import Sequence

from routing.roads.map.edges import Edges
from routing.roads.map.relations import Restriction

# For each state, the states that may follow, and for whom not: bits of `KINDS`.
Followers = list[dict[int, int]]


def apply_restrictions(
    followers: Followers, edges: Edges, restrictions: Sequence[Restriction]
) -> list[int]:
    """Forbid turns in `followers`, in place; return each state's edge.

    A restriction by way of ways needs memory: a vehicle that turned from the first
    way into the via goes on in copies of the via edges, where it may do less.
    """
    edge_of_state = list(range(len(edges)))
    _apply_at_nodes(followers, edges, restrictions)
    states_of_way: defaultdict[int, list[int]] = defaultdict(list)
    for edge, way in enumerate(edges.way.tolist()):
        states_of_way[way].append(edge)
    for restriction in restrictions:
        if restriction.via_ways:
            _ViaWays(
                followers, edge_of_state, edges, restriction, states_of_way
            ).apply()
    return edge_of_state


def _apply_at_nodes(
    followers: Followers, edges: Edges, restrictions: Sequence[Restriction]
) -> None:
    way_of = edges.way.tolist()
    rules: defaultdict[tuple[int, int], list[Restriction]] = defaultdict(list)
    for restriction in restrictions:
        if restriction.via_node is not None:
            for way in restriction.from_ways:
                rules[way, restriction.via_node].append(restriction)
    for edge, node in enumerate(edges.head.tolist()):
        for follower in followers[edge] if (way_of[edge], node) in rules else ():
            at_turn = rules[way_of[edge], node]
            followers[edge][follower] |= _banned(at_turn, way_of[follower])


def _banned(restrictions: Sequence[Restriction], to_way: int) -> int:
    """Say for whom a turn into a way is banned by some of its restrictions."""
    banned = wanted = kept = 0
    for each in restrictions:
        is_to = to_way in each.to_ways
        if each.is_only:
            wanted |= each.kinds
            kept |= each.kinds if is_to else 0
        elif is_to:
            banned |= each.kinds
    return banned | (wanted & ~kept)


class _ViaWays:
    """One restriction that hangs over a vehicle all along its via ways."""

    def __init__(
        self,
        followers: Followers,
        edge_of_state: list[int],
        edges: Edges,
        restriction: Restriction,
        states_of_way: defaultdict[int, list[int]],
    ) -> None:
        self._followers = followers
        self._edge_of_state = edge_of_state
        self._edges = edges
        self._rule = restriction
        self._states_of_way = states_of_way
        self._copies: dict[tuple[int, int], int] = {}

    def apply(self) -> None:
        """Send vehicles that turn from a first way into the via into copies."""
        starts = [s for way in self._rule.from_ways for s in self._states_of_way[way]]
        for state in sorted(starts):
            into_via = {
                follower: banned
                for follower, banned in self._followers[state].items()
                if self._way(follower) == self._rule.via_ways[0]
            }
            if not into_via:
                continue
            if self._rule.is_only:
                self._ban_others(state, into_via)
            for follower, banned in into_via.items():
                del self._followers[state][follower]
                self._followers[state][self._copy(follower, 0)] = banned

    def _ban_others(self, state: int, into_via: dict[int, int]) -> None:
        # Whom the law keeps from the via is not told to take it; nor is who has to
        # turn round, since then the via is shut.
        held = 0
        for banned in into_via.values():
            held |= self._rule.kinds & ~banned
        back = int(self._edges.twin[self._edge_of_state[state]])
        for follower in self._followers[state]:
            if follower not in into_via and self._edge_of_state[follower] != back:
                self._followers[state][follower] |= held

    def _way(self, state: int) -> int:
        return int(self._edges.way[self._edge_of_state[state]])

    def _copy(self, state: int, via: int) -> int:
        if (state, via) in self._copies:
            return self._copies[state, via]
        copy = len(self._followers)
        self._copies[state, via] = copy
        self._edge_of_state.append(self._edge_of_state[state])
        self._states_of_way[self._way(state)].append(copy)
        self._followers.append({})
        for follower, banned in self._followers[state].items():
            next_via = self._next_via(follower, via)
            if next_via is not None:
                self._followers[copy][self._copy(follower, next_via)] = banned
            else:
                held = 0 if self._is_kept(follower, via) else self._rule.kinds
                self._followers[copy][follower] = banned | held
        return copy

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
