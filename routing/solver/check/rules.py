"""The rules of a plan, each with its sentence, and what a broken one looks like."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules of a plan."""

    READABLE = "every entry has its shape, and names something that exists"
    COVERAGE = "every stop is in one run once, or unserved once"
    REASON = "what is said of an unserved stop is true"
    VEHICLE_ONCE = "a vehicle has one run at most"
    UNDER_WAY = "a vehicle under way has a run, which departs at the shift's start"
    IDLE = "a vehicle that collects nothing and is not under way has no run"
    SHAPE = "a run departs from its depot, halts at stops and facilities, and returns"
    LEG = "a leg is as long as the ways say"
    TIME = "times follow from each other"
    WINDOW = "work begins within a window of the stop or the opening hours"
    RELEASE = "the trip that empties a stop begins after the stop's release"
    SHIFT = "the run lies within the shift and its overtime"
    DURATION = "the run takes no longer than its limit"
    DISTANCE = "the run is no longer than its limit"
    COMPARTMENT = "the vehicle takes the stream"
    LITRES = "no compartment holds more than its capacity"
    KILOGRAMS = "the vehicle carries no more than its capacity"
    CONTAINERS = "the vehicle carries no more containers than its capacity"
    LOAD = "loads are what was picked up and not yet tipped"
    HOME_LOADED = "nothing is on board at the return that the end does not take"
    DAY_LIMIT = "the run collects no more than the vehicle's day allows"
    STOP_COUNT = "the run has no more stops than its limit"
    BREAKS = "every break is had once, in its window, as long as it is granted"
    DRIVING = "nobody drives longer than the driving rule allows without a rest"
    SKILLS = "vehicle and driver have what the stop needs"
    PINNED = "a pinned stop is emptied by its vehicle"
    CONFLICT = "streams in conflict are not collected in one run"
    SAME_VEHICLE = "stops that belong together are in one run"
    PRECEDENCE = "a stop comes after the one that must be emptied before it"
    ALTERNATIVE = "one stop of an alternative is emptied at most"
    LOCKED = "a run begins with what is locked, or its vehicle stays unused"
    COST = "costs are what the runs and the prizes left add up to"


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """One broken rule.

    Parameters
    ----------
    run, step
        Where in the plan; None when it concerns the plan, or the whole run.
    """

    rule: Rule
    message: str
    run: int | None = None
    step: int | None = None


Found = Iterator[tuple[Rule, str]]
"""Broken rules of a whole plan."""

FoundInRun = Iterator[tuple[int | None, Rule, str]]
"""Broken rules of one run, each with its step if it has one."""
