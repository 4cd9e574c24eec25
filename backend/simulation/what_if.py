"""What may be asked: the operator's bins under other terms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

MOST_BINS = 2000
LONGEST_DAYS = 364
MOST_SEEDS = 10
QUICK_DAYS = 14
USUAL_SERVICE_S = 120
WEEKDAYS = 7
POLE_DEG, DATE_LINE_DEG = 90, 180
MOST_FILL_PER_DAY = 5


class SimulationError(ValueError):
    """The question cannot be answered; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewBin:
    """A bin that is not there yet.

    Without `fill_per_day` it fills like the operator's bins of its stream and size.
    """

    stream: str
    volume_l: float
    lat_deg: float
    lon_deg: float
    fill_per_day: float | None = None
    service_s: int = USUAL_SERVICE_S
    has_sensor: bool = False

    def __post_init__(self) -> None:
        _require(self.volume_l > 0, "volume_l", self.volume_l, "above 0")
        _require_place(self.lat_deg, self.lon_deg)
        if self.fill_per_day is not None:
            is_possible = 0 < self.fill_per_day <= MOST_FILL_PER_DAY
            what = f"above 0, at most {MOST_FILL_PER_DAY}"
            _require(is_possible, "fill_per_day", self.fill_per_day, what)
        _require(self.service_s >= 0, "service_s", self.service_s, "0 or more")


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """Other terms; what is left out stays as it is today.

    Parameters
    ----------
    without_vehicles, more_vehicles
        Vehicles (by id) that there are no more, and that there is another one of.
    depot_lat_deg, depot_lon_deg
        Where all vehicles start and end.
    service_level
        Share of bins that shall have room until they can be emptied next.
    overflow_weight
        Instead of that: how much an overflow counts against driving.
    must_go_probability
        From this P(overflow before the next chance) on a bin must be emptied.
    weekdays
        Days on which the trucks are out, 0 is Monday; none: as today, every day.
    more_bins
        Bins that are not there yet.
    with_sensors
        Also find out where the next sensor pays most.
    days, seeds
        How many days are simulated, and how many times with other chances.
    """

    without_vehicles: tuple[int, ...] = ()
    more_vehicles: tuple[int, ...] = ()
    depot_lat_deg: float | None = None
    depot_lon_deg: float | None = None
    service_level: float | None = None
    overflow_weight: float | None = None
    must_go_probability: float | None = None
    weekdays: tuple[int, ...] = ()
    more_bins: tuple[NewBin, ...] = ()
    with_sensors: bool = False
    days: int = QUICK_DAYS
    seeds: int = 2

    def __post_init__(self) -> None:
        if (self.depot_lat_deg is None) != (self.depot_lon_deg is None):
            raise SimulationError("a depot needs depot_lat_deg and depot_lon_deg")
        if self.depot_lat_deg is not None and self.depot_lon_deg is not None:
            _require_place(self.depot_lat_deg, self.depot_lon_deg)
        if self.service_level is not None and self.overflow_weight is not None:
            raise SimulationError("give service_level or overflow_weight, not both")
        _check_levels(self)
        _require(
            all(0 <= each < WEEKDAYS for each in self.weekdays),
            "weekdays", self.weekdays, "0 (Monday) to 6",
        )  # fmt: skip
        _require(1 <= self.days <= LONGEST_DAYS, "days", self.days, "1 to 364")
        _require(1 <= self.seeds <= MOST_SEEDS, "seeds", self.seeds, "1 to 10")
        _require(
            len(self.more_bins) <= MOST_BINS, "more_bins", len(self.more_bins),
            f"at most {MOST_BINS}",
        )  # fmt: skip

    @property
    def changes_anything(self) -> bool:
        """Tell whether anything is asked to be otherwise than today."""
        asked = asdict(self)
        return any(
            asked[name] not in (None, (), [])
            for name in asked
            if name not in {"with_sensors", "days", "seeds"}
        )


def parse_what_if(asked: Mapping[str, Any]) -> WhatIf:
    """Read a question as it was kept; what this version does not ask is left out.

    Raises
    ------
    SimulationError
        If it cannot be answered.
    """
    known = {each.name for each in fields(WhatIf)}
    given = {name: value for name, value in asked.items() if name in known}
    for name in ("without_vehicles", "more_vehicles", "weekdays"):
        given[name] = tuple(given.get(name, ()))
    given["more_bins"] = tuple(NewBin(**each) for each in given.get("more_bins", ()))
    return WhatIf(**given)


def _check_levels(asked: WhatIf) -> None:
    level, weight = asked.service_level, asked.overflow_weight
    if level is not None:
        _require(0 < level < 1, "service_level", level, "above 0, below 1")
    if weight is not None:
        is_number = 0 <= weight < float("inf")
        _require(is_number, "overflow_weight", weight, "0 or more")
    must_go = asked.must_go_probability
    if must_go is not None:
        what = "above 0, at most 1"
        _require(0 < must_go <= 1, "must_go_probability", must_go, what)


def _require_place(lat_deg: float, lon_deg: float) -> None:
    _require(abs(lat_deg) <= POLE_DEG, "lat_deg", lat_deg, "-90 to 90")
    _require(abs(lon_deg) <= DATE_LINE_DEG, "lon_deg", lon_deg, "-180 to 180")


def _require(is_met: bool, name: str, value: object, what: str) -> None:
    if not is_met:
        raise SimulationError(f"{name} = {value} not understood: {what}")
