"""What emptying a slot today is worth, and when it is no longer a question of worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from routing.demand import SlotForecast
from routing.selection.terms import PLAIN_TERMS, SlotTerms

OVERFLOW_COST_CENTS: Mapping[str, int] = MappingProxyType(
    {
        "residual": 6000,
        "packaging": 4000,
        "paper": 3000,
        "glass": 2500,
        "textiles": 4000,
        "organic": 6000,
        "e-waste": 8000,
        "batteries": 12000,
        "cooking-oil": 8000,
        "chemicals": 20000,
    }
)
"""What one overflow costs: cleaning, complaints, lost or hazardous material. Starting
values by judgement; an operator sets their own."""


NEARLY_EMPTY = 0.25
"""Below this fill nobody understands why a bin was emptied."""


class PrizeReason(StrEnum):
    """Why a slot is worth what it is worth, for people to read."""

    OVERFLOWING = "full now"
    OVERFLOW_LIKELY = "overflow likely"
    MAY_OVERFLOW = "may overflow: taken when it is on the way"
    CHEAPER_TODAY = "can wait, but is cheaper today than on a later day"
    BETTER_LATER = "better on one of the next days"
    CAN_WAIT = "can wait"
    NEARLY_EMPTY = "nearly empty"
    RULE_DUE = "due by rule or contract, whatever the fill"
    NOT_TRUSTED_DUE = "not trusted: visit by schedule, due"
    NOT_TRUSTED = "not trusted: visit by schedule, not due"


@dataclass(frozen=True, kw_only=True, slots=True)
class PrizeRule:
    """How an operator values pickups.

    Parameters
    ----------
    rho
        The service level: 2 makes every overflow count twice.
    overflow_cost_cents
        By stream.
    other_overflow_cost_cents
        For a stream that is not listed.
    mandatory_probability
        From this P(overflow before the next chance) on a slot must be emptied. One
        half: from there on it is more likely than not that somebody sees it full.
    waiting_probability
        Below this a slot can wait.
    nearly_empty_fraction
        A bin that holds less even if it is fuller than estimated by one standard
        deviation is never mandatory.
    least_trust
        Below this a forecast is not believed, and the slot is visited by schedule.
    schedule_h
        Hours between two emptyings of a slot that is visited by schedule.
    """

    rho: float = 1.0
    overflow_cost_cents: Mapping[str, int] = field(
        default_factory=lambda: OVERFLOW_COST_CENTS
    )
    other_overflow_cost_cents: int = 5000
    mandatory_probability: float = 0.5
    waiting_probability: float = 0.05
    nearly_empty_fraction: float = NEARLY_EMPTY
    least_trust: float = 0.3
    schedule_h: float = 14 * 24.0

    def __post_init__(self) -> None:
        if not 0 <= self.rho < np.inf:
            raise ValueError(f"rho = {self.rho} not understood: must be 0 or more")
        if not 0 < self.mandatory_probability <= 1:
            raise ValueError(
                f"mandatory_probability = {self.mandatory_probability} not understood: "
                "must be above 0 and at most 1"
            )

    def cost_cents(
        self, stream: str, forecast: SlotForecast, terms: SlotTerms
    ) -> float:
        """Return what an overflow of the slot costs, the service level left aside."""
        cents = self.overflow_cost_cents.get(stream, self.other_overflow_cost_cents)
        return cents * terms.overflow_weight(rate_per_day=forecast.rate_per_day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Prize:
    """What emptying one slot today is worth, and why."""

    slot_id: int
    prize_cents: int
    is_mandatory: bool
    reason: PrizeReason
    overflow_probability: float


def price_pickup(
    forecast: SlotForecast,
    *,
    stream: str,
    now_h: float,
    next_chance_h: float,
    rule: PrizeRule,
    terms: SlotTerms = PLAIN_TERMS,
) -> Prize:
    """Price a pickup by rho · P(overflow before the next chance) · cost of an overflow.

    Parameters
    ----------
    now_h
        Hours since 1970-01-01 UTC, as the forecast was made.
    next_chance_h
        Hours ahead of now when the slot can be emptied next, if not today; within the
        horizon of the forecast.
    terms
        What else counts there.
    """
    if next_chance_h > forecast.horizon_h[-1]:
        raise ValueError(
            f"next_chance_h = {next_chance_h} not understood: beyond the horizon of "
            f"{forecast.horizon_h[-1]} h; forecast further ahead"
        )
    probability = _probability(forecast, next_chance_h)
    reason = _reason(forecast, probability, now_h=now_h, rule=rule)
    if _is_due_by_rule(forecast, terms, until_h=now_h + next_chance_h):
        reason = PrizeReason.RULE_DUE
    cost_cents = rule.cost_cents(stream, forecast, terms)
    return Prize(
        slot_id=forecast.slot_id,
        prize_cents=round(rule.rho * probability * cost_cents),
        is_mandatory=reason in _MANDATORY,
        reason=reason,
        overflow_probability=probability,
    )


_MANDATORY = frozenset(
    {
        PrizeReason.OVERFLOWING,
        PrizeReason.OVERFLOW_LIKELY,
        PrizeReason.NOT_TRUSTED_DUE,
        PrizeReason.RULE_DUE,
    }
)


def _is_due_by_rule(
    forecast: SlotForecast, terms: SlotTerms, *, until_h: float
) -> bool:
    """Tell whether waiting for the next chance would break a limit of the terms."""
    if terms.due_after_h is None:
        return False
    return (
        forecast.emptied_h is None or until_h - forecast.emptied_h > terms.due_after_h
    )


def _probability(forecast: SlotForecast, ahead_h: float) -> float:
    return float(np.interp(ahead_h, forecast.horizon_h, forecast.overflow_probability))


def _reason(
    forecast: SlotForecast, probability: float, *, now_h: float, rule: PrizeRule
) -> PrizeReason:
    most_likely_fill = forecast.fill_fraction + forecast.fill_deviation
    if most_likely_fill < rule.nearly_empty_fraction:
        return PrizeReason.NEARLY_EMPTY
    if forecast.trust < rule.least_trust:
        return _schedule_reason(forecast, now_h=now_h, rule=rule)
    if probability >= rule.mandatory_probability:
        is_full = forecast.fill_fraction >= 1
        return PrizeReason.OVERFLOWING if is_full else PrizeReason.OVERFLOW_LIKELY
    if probability >= rule.waiting_probability:
        return PrizeReason.MAY_OVERFLOW
    return PrizeReason.CAN_WAIT


def _schedule_reason(
    forecast: SlotForecast, *, now_h: float, rule: PrizeRule
) -> PrizeReason:
    is_due = forecast.emptied_h is None or now_h - forecast.emptied_h >= rule.schedule_h
    return PrizeReason.NOT_TRUSTED_DUE if is_due else PrizeReason.NOT_TRUSTED
