"""How a saving is reckoned, in words: kept with every row and shown with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.savings.period import Period
from backend.store.driven import Emission

VERSION = "1"
METHOD = (
    "The fixed rounds of before are replayed on the days of the month that are over. "
    "What came into each bin is taken from what was measured and seen between its "
    "emptyings, and is the same on both sides. Every day the bins that the rounds had "
    "due are emptied, as full as they would have been; the solver that plans today's "
    "runs finds the way to them, with the same vehicles, shifts, tips and streets. "
    "A bin that no vehicle had time for is emptied the next day. Beside that stand "
    "the runs that were driven: those of the plans in force in which a driver "
    "emptied at least one bin. Kilometres and hours are those of the runs, money is "
    "kilometres, hours and vehicle days at the vehicles' rates, CO2 is kilometres "
    "times each vehicle's factor. Overflow is hours in which a bin was full, all bins "
    "together. Saved is the fixed rounds less what was driven."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Bins with a round, too little watched, without one, late; runs not driven."""

    with_round: int
    by_stream: int
    without_round: int
    carried: int
    undriven: int


def list_assumptions(
    period: Period, counts: Counts, *, emissions: Sequence[Emission], roads: str
) -> tuple[str, ...]:
    """State everything that was assumed, with its numbers."""
    said = [
        f"Days compared: {period.from_day} to {period.to_day}; before the first day "
        "that was planned there is nothing to compare with.",
        f"{counts.with_round} bins had a fixed round. {counts.by_stream} of them were "
        "watched too little and are taken to fill as their stream does.",
        f"{counts.without_round} bins had none: on fixed rounds nobody drives to them, "
        "in what was driven they count.",
        f"{counts.carried} times a bin was due on a day on which no vehicle had time.",
        f"{counts.undriven} runs were planned and nobody said that he drove them: they "
        "count for nothing.",
        f"Ways: {roads}. Real kilometres and hours are those of the runs as planned "
        "and gone on with during the day; there is no odometer.",
        "All bins of a round are taken to be emptied at 9 o'clock, and nothing is "
        "skipped. Overtime costs no more than other hours.",
        "While a bin is full its sensor sees nothing more: material is taken to go on "
        "coming at the bin's mean rate.",
    ]
    return (*said, *(_say_co2(each) for each in emissions))


def _say_co2(emission: Emission) -> str:
    if emission.co2_g_per_km is None:
        return f"CO2 of {emission.name}: nobody said what it emits."
    return f"CO2 of {emission.name}: {emission.co2_g_per_km:g} g/km ({emission.source})"
