"""Who drives: vehicles, shifts, what they cost and emit."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Fleet:
    """Vehicles of one depot.

    Parameters
    ----------
    capacity_l, capacity_kg
        One number a vehicle.
    shift_start_h, shift_end_h
        Local hours of the day: no departure before, no return after.
    plan_h
        Local hour when the day is planned: readings after it come too late.
    tip_s
        Seconds that a tip takes.
    service_weekdays
        0 is Monday.
    cents_per_km, cents_per_hour
        What driving and a crew's hour cost.
    co2_kg_per_km
        What a kilometre emits.
    """

    capacity_l: tuple[float, ...]
    capacity_kg: tuple[float, ...] = ()
    shift_start_h: float = 6.0
    shift_end_h: float = 15.0
    plan_h: float = 5.0
    tip_s: int = 0
    service_weekdays: frozenset[int] = frozenset(range(7))
    cents_per_km: float
    cents_per_hour: float
    co2_kg_per_km: float

    def __post_init__(self) -> None:
        if not self.capacity_l:
            raise ValueError("capacity_l is empty: a fleet needs a vehicle")
        if not 0 <= self.plan_h <= self.shift_start_h < self.shift_end_h <= 24:  # noqa: PLR2004
            raise ValueError(
                f"plan_h, shift_start_h, shift_end_h = {self.plan_h}, "
                f"{self.shift_start_h}, {self.shift_end_h} not understood: "
                "must ascend within a day"
            )
        if not self.service_weekdays:
            raise ValueError("service_weekdays is empty: nobody ever drives")
        if self.capacity_kg and len(self.capacity_kg) != len(self.capacity_l):
            raise ValueError("capacity_kg not understood: one number a vehicle")

    def __len__(self) -> int:
        return len(self.capacity_l)
