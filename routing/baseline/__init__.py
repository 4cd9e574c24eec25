"""Fixed rounds replayed on the fill that really came: what would have been."""

from routing.baseline.follow import Follow, follow_fill, hours_full
from routing.baseline.growth import Gained, trace_gain
from routing.baseline.rounds import Replay, Serve, replay_rounds

__all__ = [
    "Follow",
    "Gained",
    "Replay",
    "Serve",
    "follow_fill",
    "hours_full",
    "replay_rounds",
    "trace_gain",
]
