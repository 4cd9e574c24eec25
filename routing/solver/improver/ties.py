"""Alternatives, stops tied to each other, and locks, as flat lists."""

import numpy as np

from routing.solver.model import Problem


def _follow_on(after: list[set[int]]) -> None:
    """Add those that come after the ones that come after, and so on."""
    for first, followers in enumerate(after):
        waiting = list(followers)
        while waiting:
            new = after[waiting.pop()] - after[first]
            after[first] |= new
            waiting += new


def lay_ties(problem: Problem) -> dict[str, np.ndarray]:
    """Return the tables of `Facts` about groups of stops."""
    count = len(problem.stops)
    tied: list[set[int]] = [set() for _ in range(count)]
    before: list[set[int]] = [set() for _ in range(count)]
    after: list[set[int]] = [set() for _ in range(count)]
    for members in (*problem.same_vehicle, *problem.precedence):
        for member in members:
            tied[member] |= set(members) - {member}
    for first, then in problem.precedence:
        before[then].add(first)
        after[first].add(then)
    _follow_on(after)
    numbers = np.unique(problem.stops.alternative[problem.stops.alternative >= 0])
    group = np.searchsorted(numbers, problem.stops.alternative)
    group = np.where(problem.stops.alternative >= 0, group, -1).astype(np.int32)
    groups: list[set[int]] = [
        set(np.flatnonzero(group == g).tolist()) for g in range(len(numbers))
    ]
    tables = {"group": group}
    for name, rows, ids in (
        ("group", groups, "group_stops"),
        ("tied", tied, "tied"),
        ("before", before, "before"),
        ("after", after, "after"),
    ):
        tables[f"{name}_first"] = np.concatenate(
            [[0], np.cumsum([len(row) for row in rows])]
        ).astype(np.int64)
        flat = [member for row in rows for member in sorted(row)]
        tables[ids] = np.array(flat, np.int32)
    return tables
