"""Nodes contracted in a given order: which shortcuts a hierarchy needs.

Dibbelt, Strasser and Wagner, *Customizable Contraction Hierarchies*, ACM JEA 21 (2016).
Which arcs there are depends on the order alone, not on any weight.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from routing.compiled import compiler

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]

compiled = compiler(Path(__file__).parent)


@dataclass(frozen=True, kw_only=True, eq=False)
class Hierarchy:
    """Upward arcs between nodes 0..n-1 that are numbered in the order of contraction.

    Parameters
    ----------
    rank
        (n,) number in the hierarchy of each state of the graph.
    first
        (n+1,) the arcs of node v are first[v] .. first[v+1]-1.
    head
        (k,) their upper ends, ascending; the first of each node is its parent in the
        elimination tree.
    arc_of
        (t,) the hierarchy's arc of each arc of the graph.
    is_up
        (t,) whether the graph's arc goes the arc's way; -1 stands for a loop, which no
        fastest way has.
    """

    rank: Small
    first: Ints
    head: Small
    arc_of: Ints
    is_up: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.rank)

    @cached_property
    def state_of(self) -> Ints:
        """Return (n,) the state of the graph that each node stands for."""
        states = np.empty(len(self), np.int64)
        states[self.rank] = np.arange(len(self))
        return states


def contract(rank: Small, tail: Ints, head: Ints) -> Hierarchy:
    """Find the arcs of the hierarchy.

    Parameters
    ----------
    rank
        (n,) when each node is contracted.
    tail, head
        (t,) arcs of the graph.
    """
    low = np.minimum(rank[tail], rank[head]).astype(np.int64)
    high = np.maximum(rank[tail], rank[head]).astype(np.int64)
    order = np.lexsort((high, low))
    first, upper = _fill(len(rank), low[order], high[order])
    return Hierarchy(
        rank=rank,
        first=first,
        head=upper,
        arc_of=_find(first, upper, low, high),
        is_up=rank[tail] < rank[head],
    )


@compiled
def _fill(n, low, high):
    """Add to each node's upper neighbours those of its children, bar itself."""
    first = np.zeros(n + 1, np.int64)
    head = np.empty(max(16, 4 * len(low)), np.int32)
    child, sibling = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    seen = np.full(n, -1, np.int32)
    found = np.empty(n, np.int32)
    size = 0
    at = 0
    for v in range(n):
        count = 0
        seen[v] = v
        while at < len(low) and low[at] == v:
            u = high[at]
            at += 1
            if seen[u] != v:
                seen[u] = v
                found[count] = u
                count += 1
        c = child[v]
        while c >= 0:
            for arc in range(first[c], first[c + 1]):
                u = head[arc]
                if seen[u] != v:
                    seen[u] = v
                    found[count] = u
                    count += 1
            c = sibling[c]
        while size + count > len(head):
            longer = np.empty(2 * len(head), np.int32)
            longer[:size] = head[:size]
            head = longer
        head[size : size + count] = np.sort(found[:count])
        if count:
            parent = head[size]
            sibling[v] = child[parent]
            child[parent] = v
        size += count
        first[v + 1] = size
    return first, head[:size].copy()


@compiled
def _find(first, head, low, high):
    """Find the arc from each low end to its high end; -1 for loops."""
    arc_of = np.full(len(low), -1, np.int64)
    for i in range(len(low)):
        if low[i] != high[i]:
            begin, end = first[low[i]], first[low[i] + 1]
            arc_of[i] = begin + np.searchsorted(head[begin:end], high[i])
    return arc_of
