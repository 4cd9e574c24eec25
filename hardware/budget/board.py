"""A day metered with the currents of an ESP32, translated to a board of ours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hardware.budget.asleep import SleepCurrent
from hardware.budget.metered import (
    ASLEEP,
    DAY_S,
    RADIO,
    RETRIES,
    SENSOR,
    Day,
    Phase,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Factor:
    """How much longer a phase takes than as metered, and at how much more current."""

    time: float = 1.0
    current: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """What differs from the board that was metered; phases not named do not.

    Parameters
    ----------
    peak_ma
        What the radio takes at its peak, at 3.3 V.
    asleep
        Without what the battery's own electronics take.
    asleep_doubles_k
        How much warmer than 25 °C leaks twice as much.
    """

    name: str
    title: str
    peak_ma: float
    asleep: SleepCurrent
    asleep_doubles_k: float
    factors: Mapping[str, Factor]


def translate(day: Day, board: Board) -> Day:
    """Translate a day at 25 °C; its whole length and its share of retries stay."""
    awake = tuple(_translate_awake(day, board))
    used_s = sum(each.duration_s for each in awake if each.name != SENSOR)
    asleep_s = DAY_S - used_s
    asleep_mc = asleep_s * board.asleep.ua / 1000
    rest = Phase(name=ASLEEP, duration_s=asleep_s, charge_mc=asleep_mc)
    return Day(name=day.name, phases=(*awake, rest))


def _translate_awake(day: Day, board: Board) -> Iterator[Phase]:
    longer, dearer = _radio_ratios(day, board)
    for phase in day.phases:
        if phase.name == RETRIES:
            yield _scale(_scale_by(phase, longer, dearer), board)
        elif phase.name != ASLEEP:
            yield _scale(phase, board)


def _radio_ratios(day: Day, board: Board) -> tuple[float, float]:
    """Tell how much longer, and how much dearer, all of the radio's phases are."""
    before = [day.phase(name) for name in RADIO]
    after = [_scale(phase, board) for phase in before]
    spent_s, spent_mc = (
        sum(each.duration_s for each in before),
        sum(each.charge_mc for each in before),
    )
    if not spent_s:
        return 1.0, 1.0
    longer = sum(each.duration_s for each in after) / spent_s
    return longer, sum(each.charge_mc for each in after) / spent_mc


def _scale(phase: Phase, board: Board) -> Phase:
    factor = board.factors.get(phase.name, Factor())
    return _scale_by(phase, factor.time, factor.time * factor.current)


def _scale_by(phase: Phase, longer: float, dearer: float) -> Phase:
    return Phase(
        name=phase.name,
        duration_s=phase.duration_s * longer,
        charge_mc=phase.charge_mc * dearer,
    )
