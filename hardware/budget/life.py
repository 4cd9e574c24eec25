"""How long a battery lasts, month by month, until it cannot give what is asked.

Each month has to do at its coldest hour, with what is left after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from statistics import fmean

from hardware.budget.battery import Battery
from hardware.budget.climate import MONTHS, Climate
from hardware.budget.curve import at
from hardware.budget.supply import Draw

DAYS_A_MONTH = 365.25 / MONTHS

EMPTY = "empty"
COLD = "cannot give the rest in the cold"
WEAK = "too weak for the radio's peak"
OLD = "as old as it may get"


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """How long it was, what ended it, and the lowest voltage at a peak before that."""

    years: float
    ended_by: str
    lowest_v: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Lives:
    """The lives of batteries that are fitted in each of the twelve months."""

    each: tuple[Life, ...]

    @property
    def mean_years(self) -> float:
        """Tell the mean."""
        return fmean(life.years for life in self.each)

    @property
    def shortest(self) -> Life:
        """Find the shortest."""
        return min(self.each, key=lambda life: life.years)


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A battery after some months.

    Parameters
    ----------
    used_mah
        Taken from it, and lost by itself.
    aged_years
        Of ageing at 25 °C.
    capacity_mah
        With what it has aged.
    """

    used_mah: float
    aged_years: float
    capacity_mah: float

    @property
    def left(self) -> float:
        """Tell the share that is left."""
        return max(0.0, 1 - self.used_mah / self.capacity_mah)


def live_anywhen(draw: Draw, battery: Battery, climate: Climate) -> Lives:
    """Live from each month of the year on."""
    lives = (live(draw, battery, climate, first=month) for month in range(MONTHS))
    return Lives(each=tuple(lives))


def live(draw: Draw, battery: Battery, climate: Climate, *, first: int) -> Life:
    """Live from a month (0: January) until it ends."""
    last = round(battery.longest_years * MONTHS)
    lowest_v = inf
    for lived, state in enumerate(step(draw, battery, climate, first=first)):
        coldest_c = climate.coldest_c(first + lived)
        peak_v = battery.peak_v(state.left, temperature_c=coldest_c, peak_w=draw.peak_w)
        ended_by = _find_end(state, battery, coldest_c=coldest_c, peak_v=peak_v)
        if ended_by or lived == last:
            years = lived / MONTHS
            return Life(years=years, ended_by=ended_by or OLD, lowest_v=lowest_v)
        lowest_v = min(lowest_v, peak_v)
    raise AssertionError  # `step` never ends


def step(
    draw: Draw, battery: Battery, climate: Climate, *, first: int
) -> Iterator[State]:
    """Give the state after each month, without end."""
    state = State(used_mah=0, aged_years=0, capacity_mah=battery.capacity_mah)
    month = first
    while True:
        state = _age(state, battery, climate.mean_c(month))
        cell_v = at(battery.rest_v, state.left)
        mah_a_day = draw.mah_a_day(cell_v=cell_v, temperature_c=climate.mean_c(month))
        used_mah = state.used_mah + mah_a_day * DAYS_A_MONTH
        state = replace(state, used_mah=used_mah)
        yield state
        month += 1


def _age(state: State, battery: Battery, mean_c: float) -> State:
    aged_years = state.aged_years + battery.ageing(mean_c) / MONTHS
    held_mah = state.left * state.capacity_mah
    return State(
        used_mah=state.used_mah + held_mah * battery.lost_a_year(mean_c) / MONTHS,
        aged_years=aged_years,
        capacity_mah=battery.capacity_after_mah(aged_years),
    )


def _find_end(
    state: State, battery: Battery, *, coldest_c: float, peak_v: float
) -> str | None:
    """Tell why it cannot go on, if it cannot."""
    if not state.left or at(battery.rest_v, state.left) < battery.radio_min_v:
        return EMPTY
    if state.left < 1 - at(battery.given, coldest_c):
        return COLD
    return WEAK if peak_v < battery.cut_off_v else None
