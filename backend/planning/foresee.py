"""Foresee every bin's fill, and keep what was foreseen."""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from backend.planning.horizon import (
    ServiceDay,
    from_hours,
    horizon_hours,
    to_hours,
)
from backend.store.history import Forecast
from backend.store.kept_forecasts import KEPT_AHEAD_H, KeptForecast
from backend.store.planning import PlannedSlot
from routing.demand import (
    NO_CALENDAR,
    QUANTILES,
    Calendar,
    Learned,
    SlotForecast,
    SlotHistory,
    forecast_fill,
)

SHOWN_QUANTILES = (0.1, 0.5, 0.9)
KEPT_QUANTILES = (0.05, 0.5, 0.95)


def foresee(
    slots: Sequence[PlannedSlot],
    *,
    now: datetime,
    until: datetime,
    service_day: ServiceDay,
    learned: Learned | None = None,
    calendar: Calendar = NO_CALENDAR,
) -> list[SlotForecast]:
    """Forecast every slot from now to beyond `until`, in the order given.

    With what was `learned` from all slots' past, where there is that.
    """
    ahead_h = horizon_hours(now, until=until) - to_hours(now)
    return forecast_fill(
        [to_history(each) for each in slots],
        now_h=to_hours(now),
        horizon_h=ahead_h,
        utc_offset_h=service_day.utc_offset_h(),
        calendar=calendar,
        learned=learned,
    )


def to_history(slot: PlannedSlot) -> SlotHistory:
    """Turn what the database knows of a slot into what the forecast takes."""
    return SlotHistory(
        slot_id=slot.slot_id,
        volume_l=slot.volume_l,
        stream=slot.stream,
        measured_h=np.array(slot.measured_h, np.float64),
        fill_fraction=np.array(slot.fill_fraction, np.float64),
        emptied_h=np.array(slot.emptied_h, np.float64),
        observed_h=np.array(slot.observed_h, np.float64),
        observed_fill=np.array(slot.observed_fill, np.float64),
        observed_deviation=np.array(slot.observed_deviation, np.float64),
        deposit_h=np.array(slot.deposit_h, np.float64),
        deposits=np.array(slot.deposits, np.float64),
        is_sensor_trusted=slot.is_sensor_trusted,
        container_type=slot.container_type,
        lat_deg=slot.lat_deg,
        lon_deg=slot.lon_deg,
    )


def median_fill(forecast: SlotForecast, *, now: datetime, at: datetime) -> float:
    """Read the median of a forecast at a time."""
    median = forecast.fill_quantiles[QUANTILES.index(0.5)]
    ahead_h = to_hours(at) - to_hours(now)
    return float(np.interp(ahead_h, forecast.horizon_h, median))


def to_row(
    forecast: SlotForecast, *, made_at: datetime, overflow_probability: float
) -> Forecast:
    """Turn a forecast into the row that the console draws and that can be judged.

    `overflow_probability` is the one that its prize was made from.
    """
    low, middle, high = (
        forecast.fill_quantiles[QUANTILES.index(each)].tolist()
        for each in SHOWN_QUANTILES
    )
    full_at = None if forecast.full_h is None else from_hours(forecast.full_h)
    made_h = to_hours(made_at)
    return Forecast(
        slot_id=forecast.slot_id,
        made_at=made_at,
        basis=forecast.basis.value,
        trust=forecast.trust,
        fill_fraction=forecast.fill_fraction,
        full_at=full_at,
        overflow_probability=overflow_probability,
        horizon_at=[from_hours(made_h + each) for each in forecast.horizon_h.tolist()],
        fill_low=low,
        fill_middle=middle,
        fill_high=high,
    )


def to_kept(
    forecast: SlotForecast, *, made_at: datetime, service_day: date
) -> KeptForecast:
    """Thin a forecast to what is kept of it."""
    low, middle, high = (
        np.interp(
            KEPT_AHEAD_H,
            forecast.horizon_h,
            forecast.fill_quantiles[QUANTILES.index(each)],
        ).tolist()
        for each in KEPT_QUANTILES
    )
    return KeptForecast(
        slot_id=forecast.slot_id,
        service_day=service_day,
        made_at=made_at,
        fill_low=low,
        fill_middle=middle,
        fill_high=high,
    )
