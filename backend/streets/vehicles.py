"""What an operator's vehicle is to the streets."""

from dataclasses import replace
from typing import Protocol

from backend.store.streets import SIZES
from routing.roads import PROFILES, Profile


class RoadVehicle(Protocol):
    """A vehicle of the fleet: its usual kind, and what this one is different in."""

    @property
    def road_profile(self) -> str:
        """One of `PROFILES`."""
        ...


class UnknownProfileError(ValueError):
    """A vehicle is of a kind that nobody knows; the message lists those that are."""


def profile_of(vehicle: RoadVehicle) -> Profile:
    """Return the profile that a vehicle drives by.

    Raises
    ------
    UnknownProfileError
        There is none of that name.
    """
    if vehicle.road_profile not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise UnknownProfileError(
            f"road profile {vehicle.road_profile} not understood; known are {known}"
        )
    given = {name: getattr(vehicle, name, None) for name in SIZES}
    own = {name: size for name, size in given.items() if size is not None}
    return replace(PROFILES[vehicle.road_profile], **own)
