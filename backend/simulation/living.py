"""Live the operator's weeks through under some terms, as often as there are seeds."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.simulation.figures import sum_up
from backend.simulation.foresight import Foresight
from backend.simulation.groups import Split
from backend.simulation.result import Aim, Figures
from backend.simulation.terms import Terms
from backend.simulation.worlds import draw_world
from routing.simulation import simulate

Tell = Callable[[str, float], None]

# Of the solver for one simulated day: a plan within a percent or two of the product's,
# in a hundredth of the time.
ITERATIONS = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """How long and how often is simulated; the warm-up is lived, but not counted."""

    days: int
    warm_up_days: int
    seeds: int
    start_h: float


def live(
    split: Split,
    span: Span,
    *,
    terms: Terms,
    aim: Aim,
    tell: Callable[[float], None],
) -> list[Figures]:
    """Return the figures of each seed; `tell` hears what share is done."""
    found = []
    for seed in range(span.seeds):
        years = []
        for number, group in enumerate(split.groups):
            tell((seed + number / len(split.groups)) / span.seeds)
            world = draw_world(
                group,
                days=span.days,
                warm_up_days=span.warm_up_days,
                start_h=span.start_h,
                seed=seed,
            )
            policy = Foresight(
                bins=group.bins,
                aim=aim,
                must_go_probability=terms.must_go_probability,
                detour_cents=terms.detour_cents,
            )
            years.append(
                simulate(
                    world, policy, fleet=group.fleet, seed=seed, iterations=ITERATIONS
                )
            )
        found.append(sum_up(split.groups, years, split.stranded))
    return found
