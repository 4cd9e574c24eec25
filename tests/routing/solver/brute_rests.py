"""The ways to drive one leg with breaks and rests that nothing beats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from routing.solver.problem.breaks import Rest
from tests.routing.solver.handmade import Pause, Script


@dataclass(frozen=True)
class Label:
    """A way to have come so far: nothing is better in all of the first three."""

    clock_s: int
    driven_s: int = 0  # since the last rest
    done: int = 0  # fixed breaks that were had, or are left out
    script: Script = ()


def along(rest: Rest, leg: int, labels: list[Label], omitted: set[int]) -> list[Label]:
    return undominated(
        each
        for label in labels
        for each in drive_on(rest, leg, 0, leave_out(label, omitted), omitted)
    )


def leave_out(label: Label, omitted: set[int]) -> Label:
    while label.done in omitted:
        label = replace(label, done=label.done + 1)
    return label


def drive_on(rest: Rest, leg: int, here: int, label: Label, omitted) -> Iterator[Label]:
    """Drive the rest of a leg, with every break at every place that can matter."""
    rule, breaks = rest.driving, rest.breaks[label.done : label.done + 1]
    reach = leg if rule is None else here + rule.max_driving_s - label.driven_s
    ties = {here, leg, reach}
    for each in breaks:
        ties |= {here + t - label.clock_s for t in (each.earliest_s, each.latest_s)}
    for place in sorted(x for x in ties if here <= x <= min(leg, reach)):
        there = replace(
            label,
            clock_s=label.clock_s + place - here,
            driven_s=label.driven_s + place - here,
        )
        if place == leg:
            yield there
        for paused in pauses(rest, there, place - here):
            yield from drive_on(rest, leg, place, leave_out(paused, omitted), omitted)


def pauses(rest: Rest, label: Label, driven_s: int) -> Iterator[Label]:
    rule = rest.driving
    for each in rest.breaks[label.done : label.done + 1]:
        start_s = max(label.clock_s, each.earliest_s)
        if start_s <= each.latest_s:
            is_rest = rule is not None and each.length_s >= rule.rest_s
            yield Label(
                clock_s=start_s + each.length_s,
                driven_s=0 if is_rest else label.driven_s,
                done=label.done + 1,
                script=(*label.script, Pause(driven_s, each.length_s, start_s)),
            )
    if rule is not None and label.driven_s > 0:
        yield Label(
            clock_s=label.clock_s + rule.rest_s,
            done=label.done,
            script=(*label.script, Pause(driven_s, rule.rest_s, label.clock_s)),
        )


def undominated(labels: Iterable[Label]) -> list[Label]:
    kept: list[Label] = []
    order = sorted(labels, key=lambda each: (each.clock_s, each.driven_s, -each.done))
    for label in order:
        if not any(
            each.done == label.done and each.driven_s <= label.driven_s for each in kept
        ):
            kept.append(label)
    return kept
