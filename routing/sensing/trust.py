"""Whether a sensor may be believed, and in words for machines why not."""

from dataclasses import dataclass
from enum import StrEnum

from routing.sensing.emptyings import NOT_BELIEVED_ECHO_SHARE
from routing.sensing.model import Condition


class TrustState(StrEnum):
    """What planning may do with a sensor.

    One that is *doubtful* is used with its doubts; one that is *not trusted* is planned
    like a bin without a sensor, and closes nothing.
    """

    TRUSTED = "trusted"
    DOUBTFUL = "doubtful"
    NOT_TRUSTED = "not_trusted"


class Reason(StrEnum):
    """Why a sensor is not trusted or in doubt."""

    ECHOES = "false_echoes"
    NO_ECHO = "no_echo"
    STUCK = "stuck"
    DRIFT = "drift"
    CLOCK = "clock_wrong"
    MOVED = "moved"
    GAPS = "gaps"
    NEW = "few_readings"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """A state with its reasons; none if trusted."""

    state: TrustState
    reasons: tuple[Reason, ...]


FEW_READINGS = 12
"""Of a new sensor: planned with doubts until it has said as much."""

# Shares from which a sensor is in doubt, and from which it is not trusted. Judgement,
# but for the echoes: on glass banks every second emptying was false above one half.
_NEVER = 2.0
_LIMITS = {
    Reason.ECHOES: (0.15, NOT_BELIEVED_ECHO_SHARE),
    Reason.NO_ECHO: (0.2, 0.5),
    Reason.STUCK: (0.05, 0.5),
    Reason.DRIFT: (0.12, 0.3),
    Reason.CLOCK: (0.05, 0.5),
    Reason.MOVED: (0.05, 0.5),
    Reason.GAPS: (0.5, _NEVER),
}
_HOLD = 0.7  # of a limit: a reason that was there stays until it is below


def weigh_trust(condition: Condition, before: Trust | None = None) -> Trust:
    """Weigh a sensor's condition.

    Parameters
    ----------
    before
        What was found last time: a sensor at a limit does not flap from one judgement
        to the next.
    """
    held = TrustState.TRUSTED if before is None else before.state
    known = () if before is None else before.reasons
    doubts, distrusts = [], []
    for reason, share in _shares(condition).items():
        doubtful, not_trusted = _LIMITS[reason]
        was_there = reason in known
        if share >= doubtful * (_HOLD if was_there else 1):
            doubts.append(reason)
        was_bad = was_there and held is TrustState.NOT_TRUSTED
        if share >= not_trusted * (_HOLD if was_bad else 1):
            distrusts.append(reason)
    if distrusts:
        return Trust(state=TrustState.NOT_TRUSTED, reasons=tuple(doubts))
    if condition.readings < FEW_READINGS:
        doubts.append(Reason.NEW)
    state = TrustState.DOUBTFUL if doubts else TrustState.TRUSTED
    return Trust(state=state, reasons=tuple(doubts))


def _shares(condition: Condition) -> dict[Reason, float]:
    return {
        Reason.ECHOES: condition.echo_share,
        Reason.NO_ECHO: condition.no_echo_share,
        Reason.STUCK: condition.stuck_share,
        Reason.DRIFT: condition.empty_fill or 0.0,
        Reason.CLOCK: condition.clock_share,
        Reason.MOVED: condition.moved_share,
        Reason.GAPS: condition.gap_share,
    }
