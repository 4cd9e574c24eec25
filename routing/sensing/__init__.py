"""Sensing: which readings to believe, what level that makes, when it was emptied."""

from routing.sensing.judge import judge_readings
from routing.sensing.model import (
    FAULTS,
    Condition,
    DetectedEmptying,
    DeviceReadings,
    EmptyingKind,
    Fault,
    Judgement,
)
from routing.sensing.spells import reads_from_h
from routing.sensing.trust import Reason, Trust, TrustState, weigh_trust

__all__ = [
    "FAULTS",
    "Condition",
    "DetectedEmptying",
    "DeviceReadings",
    "EmptyingKind",
    "Fault",
    "Judgement",
    "Reason",
    "Trust",
    "TrustState",
    "judge_readings",
    "reads_from_h",
    "weigh_trust",
]
