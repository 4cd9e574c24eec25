"""The limits of each kind of alarm: what they are called, and which make sense."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from backend.alarms.errors import MeaninglessLimitError

MAX_RECORDS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Limits are positive; what is `records` counts records in a row."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not 0 < value < float("inf"):
                raise MeaninglessLimitError(each.name, "must be above 0")
            if each.name == "records" and (value % 1 or value > MAX_RECORDS):
                raise MeaninglessLimitError("records", f"must be 1..{MAX_RECORDS}")

    def _require_below(self, low: str, high: str) -> None:
        """Keep a gap between what clears and what raises, or noise would do both."""
        if getattr(self, low) >= getattr(self, high):
            raise MeaninglessLimitError(low, f"must be below {high}")


@dataclass(frozen=True, kw_only=True, slots=True)
class FireLimits(Limits):
    """Hot, or warmer by `rise_c` at the pace of `rise_s`; over when cool for long."""

    hot_c: float
    cool_c: float
    rise_c: float
    rise_s: float
    cool_s: float

    def __post_init__(self) -> None:
        Limits.__post_init__(self)
        self._require_below("cool_c", "hot_c")


@dataclass(frozen=True, kw_only=True, slots=True)
class OverflowLimits(Limits):
    """Fill fractions."""

    raise_fill: float
    clear_fill: float
    records: float

    def __post_init__(self) -> None:
        Limits.__post_init__(self)
        self._require_below("clear_fill", "raise_fill")


@dataclass(frozen=True, kw_only=True, slots=True)
class TiltLimits(Limits):
    """Degrees from upright."""

    raise_deg: float
    clear_deg: float
    records: float

    def __post_init__(self) -> None:
        Limits.__post_init__(self)
        self._require_below("clear_deg", "raise_deg")


@dataclass(frozen=True, kw_only=True, slots=True)
class KnockLimits(Limits):
    """Calm for so long, or heard so long ago; near an emptying it is none."""

    calm_s: float
    over_s: float
    emptied_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BatteryLimits(Limits):
    """Days that are left until `empty_mv`; `records` of the device's own word."""

    raise_days: float
    clear_days: float
    empty_mv: float
    records: float

    def __post_init__(self) -> None:
        Limits.__post_init__(self)
        self._require_below("raise_days", "clear_days")


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentLimits(Limits):
    """Promised intervals, and seconds on top."""

    intervals: float
    grace_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GatewayLimits(Limits):
    """How long a gateway may be away, in real seconds."""

    away_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class NoLimits(Limits):
    """The verdict comes from elsewhere."""


KINDS: dict[str, type[Limits]] = {
    "fire": FireLimits,
    "overflow": OverflowLimits,
    "tilt": TiltLimits,
    "knock": KnockLimits,
    "battery": BatteryLimits,
    "silent": SilentLimits,
    "not_trusted": NoLimits,
    "gateway": GatewayLimits,
}


def read_limits(kind: str, values: Mapping[str, float]) -> Limits:
    """Check the limits of a kind.

    Raises
    ------
    MeaninglessLimitError
        It names the limit.
    """
    known = [each.name for each in fields(KINDS[kind])]
    strangers = sorted(values.keys() - set(known))
    if strangers:
        has = f"{kind} has {', '.join(known) or 'none'}"
        raise MeaninglessLimitError(strangers[0], f"is no limit of it: {has}")
    return KINDS[kind](**values)
