"""Which closures mean something, whoever asks for them."""

from datetime import datetime
from math import inf

from backend.closures.errors import MeaninglessClosureError
from backend.store.streets import SIZES, NewClosure

LONGEST_REASON = 200  # characters; a card on the map holds it
_LAT_LIMIT, _LON_LIMIT = 90, 180


def check_closure(closure: NewClosure, *, now: datetime) -> None:
    """Refuse what could never hold for any vehicle at any time.

    Raises
    ------
    MeaninglessClosureError
        It names the field.
    """
    _check_place(closure)
    for name in SIZES:
        size = getattr(closure, name)
        if size is not None and not 0 < size < inf:
            raise MeaninglessClosureError(name, "must be above 0")
    if len(closure.reason) > LONGEST_REASON:
        most = f"must not be longer than {LONGEST_REASON} characters"
        raise MeaninglessClosureError("reason", most)
    _check_times(closure, now)


def check_point(lat_deg: float, lon_deg: float) -> None:
    """Refuse a point that is not on Earth; infinite and undefined ones too."""
    for name, degrees, limit in (
        ("lat_deg", lat_deg, _LAT_LIMIT),
        ("lon_deg", lon_deg, _LON_LIMIT),
    ):
        if not abs(degrees) <= limit:
            raise MeaninglessClosureError(name, f"must be within -{limit}..{limit}")


def _check_place(closure: NewClosure) -> None:
    lat_deg, lon_deg = closure.lat_deg, closure.lon_deg
    if closure.way is not None:
        if lat_deg is not None or lon_deg is not None:
            raise MeaninglessClosureError("way", "or a point, not both")
        return
    if lat_deg is None and lon_deg is None:
        raise MeaninglessClosureError("way", "or lat_deg and lon_deg must be given")
    if lat_deg is None:
        raise MeaninglessClosureError("lat_deg", "belongs to lon_deg")
    if lon_deg is None:
        raise MeaninglessClosureError("lon_deg", "belongs to lat_deg")
    check_point(lat_deg, lon_deg)


def _check_times(closure: NewClosure, now: datetime) -> None:
    for name in ("from_at", "to_at"):
        at: datetime | None = getattr(closure, name)
        if at is not None and at.tzinfo is None:
            raise MeaninglessClosureError(name, "needs a time zone")
    if closure.to_at is None:
        return
    if closure.from_at is not None and closure.to_at <= closure.from_at:
        raise MeaninglessClosureError("to_at", "must be later than {}", other="from_at")
    if closure.to_at <= now:
        raise MeaninglessClosureError("to_at", "must be later than now")
