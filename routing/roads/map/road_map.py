"""The road map of a city: streets, turns, rules, and an order for fast searches."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from routing.roads.map.edges import NO_TWIN, Edges, Ints, cut_into_edges
from routing.roads.map.extract import (
    UnusableExtractError,
    guess_country,
    read_extract,
)
from routing.roads.map.rules import Gate, Rule
from routing.roads.map.segments import SegmentIndex, Selection
from routing.roads.map.turns import Turns, find_turns
from routing.roads.search.contraction import Hierarchy, contract
from routing.roads.search.order import contraction_rank
from routing.roads.tags.access import KINDS
from routing.roads.tags.countries import country_rules

ROAD_MAP_VERSION = 1
_M_PER_KM = 1000

Tell = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class RoadMap:
    """Streets as they are, for whatever vehicle will drive them.

    Parameters
    ----------
    country
        ISO 3166-1 code, as given or as the extract's tags say; None: not known.
    rank
        (s,) order of contraction of the states, or None: searches are slower.
    gates
        What holds past each gate, in the order that `turns.gate` counts.
    names
        Of streets; `edges.name` counts them.
    """

    edges: Edges
    turns: Turns
    rules: tuple[Rule, ...]
    gates: tuple[Gate, ...]
    names: tuple[str, ...]
    rank: np.ndarray[tuple[int, ...], np.dtype[np.int32]] | None
    country: str | None
    restriction_count: int

    @property
    def edge_count(self) -> int:
        """Count the directed edges."""
        return len(self.edges)

    @property
    def street_km(self) -> float:
        """Measure the streets, each once."""
        is_once = (self.edges.twin == NO_TWIN) | (
            self.edges.twin > np.arange(len(self.edges))
        )
        return float(self.edges.length_m[is_once].sum()) / _M_PER_KM

    @property
    def drives_on_right(self) -> bool:
        """Say on which side traffic keeps."""
        return country_rules(self.country).drives_on_right

    @cached_property
    def hierarchy(self) -> Hierarchy | None:
        """Find the shortcuts of the fast searches, if their order is known."""
        if self.rank is None:
            return None
        return contract(self.rank, self.turns.before, self.turns.after)

    def name(self, edge: int) -> str:
        """Return what the street of an edge is called; empty if it has no name."""
        return self.names[int(self.edges.name[edge])]

    def rule(self, edge: int) -> Rule:
        """Return what holds on an edge."""
        return self.rules[int(self.edges.rule[edge])]

    @cached_property
    def can_halt(self) -> npt.NDArray[np.bool_]:
        """Say of each edge whether a vehicle may stand on it to empty a bin."""
        of_rule = np.array([rule.can_halt for rule in self.rules], np.bool_)
        return of_rule[self.edges.rule]

    @cached_property
    def segments(self) -> SegmentIndex:
        """Find edges by what they are near to; only those that can be halted on."""
        return SegmentIndex(self.edges, self.can_halt)

    @cached_property
    def every_segment(self) -> Selection:
        """Find any edge that can be halted on, whoever may drive there."""
        return self.segments.select(self.can_halt)

    @cached_property
    def nodes(self) -> tuple[Ints, Ints]:
        """Number the nodes: (m,) where each edge begins and where it ends."""
        ends = np.concatenate([self.edges.tail, self.edges.head])
        numbers = np.unique(ends, return_inverse=True)[1]
        return numbers[: len(self.edges)], numbers[len(self.edges) :]

    @cached_property
    def edges_from(self) -> tuple[Ints, Ints]:
        """Return (n+1,) where the edges that begin at each node begin in the second."""
        begin, end = self.nodes
        counts = np.bincount(begin, minlength=int(max(begin.max(), end.max())) + 1)
        order = np.argsort(begin, kind="stable")
        return np.concatenate([[0], np.cumsum(counts)]), order

    @cached_property
    def first_turn(self) -> Ints:
        """(s+1,): the turns out of state s are first_turn[s] .. first_turn[s+1]-1."""
        counts = np.bincount(self.turns.before, minlength=len(self.turns.edge))
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def states_of_edge(self) -> tuple[Ints, Ints]:
        """Return (m+1,) where the states of each edge begin in the second, (s,)."""
        order = np.argsort(self.turns.edge, kind="stable")
        counts = np.bincount(self.turns.edge, minlength=len(self.edges))
        return np.concatenate([[0], np.cumsum(counts)]), order


def _keep_quiet(_step: str, _share: float) -> None:
    return None


def build_road_map(
    pbf: Path, *, country: str | None = None, tell: Tell = _keep_quiet
) -> RoadMap:
    """Read an extract, cut its streets into edges and join them by turns.

    Raises
    ------
    UnusableExtractError
        The file is no extract, or holds no street.
    """
    tell("reading streets", 0.0)
    code = country or guess_country(pbf)
    extract = read_extract(pbf, country_rules(code))
    if not extract.streets:
        raise UnusableExtractError(f"{pbf}: holds no street for vehicles")
    tell("joining streets by turns", 0.4)
    cut = cut_into_edges(extract)
    turns = find_turns(cut.edges, extract, _destination(cut.edges, cut.rules))
    tell("ordering the network for fast searches", 0.7)
    rank = _rank(cut.edges, turns)
    tell("ordering the network for fast searches", 1.0)
    return RoadMap(
        edges=cut.edges,
        turns=turns,
        rules=cut.rules,
        gates=tuple(extract.gates.values()),
        names=cut.names,
        rank=rank,
        country=code,
        restriction_count=len(extract.restrictions),
    )


def _destination(edges: Edges, rules: tuple[Rule, ...]) -> Ints:
    masks = [
        sum(
            1 << bit for bit in range(len(KINDS)) if rule.verdicts[bit] == "destination"
        )
        for rule in rules
    ]
    return np.array(masks, np.int64)[edges.rule]


def _rank(
    edges: Edges, turns: Turns
) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]] | None:
    middle = (edges.first_point[:-1] + edges.first_point[1:]) // 2
    return contraction_rank(
        turns.before,
        turns.after,
        edges.lat_deg[middle][turns.edge],
        edges.lon_deg[middle][turns.edge],
    )
